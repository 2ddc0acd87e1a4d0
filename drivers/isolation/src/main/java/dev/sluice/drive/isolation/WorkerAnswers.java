// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How requests and results look on the wire. Both ends are always of the same build. */
final class WorkerAnswers {
    private WorkerAnswers() {}

    static ObjectNode body(CompileRequest request, Path jar) {
        ObjectNode body = WorkerProcess.body().put("jar", jar.toString());
        request.mainClass().ifPresent(name -> body.put("mainClass", name));
        ArrayNode arguments = body.putArray("arguments");
        request.arguments().forEach(arguments::add);
        ObjectNode configuration = body.putObject("configuration");
        request.configuration().forEach(configuration::put);
        return body.put("parallelism", request.parallelism());
    }

    static ObjectNode body(NativeRequest request) {
        ObjectNode body = WorkerProcess.body()
                .put("logging", request.logging())
                .put("taskManagerTemplate", request.taskManagerTemplate());
        ObjectNode configuration = body.putObject("configuration");
        request.configuration().forEach(configuration::put);
        request.program().ifPresent(program -> {
            program.mainClass().ifPresent(name -> body.put("mainClass", name));
            ArrayNode arguments = body.putArray("arguments");
            program.arguments().forEach(arguments::add);
        });
        return body;
    }

    static NativeCluster cluster(JsonNode result) {
        List<String> resources = new ArrayList<>();
        result.path("resources").forEach(resource -> resources.add(resource.toString()));
        return new NativeCluster(result.path("deployment").toString(), resources);
    }

    static List<SqlProblem> problems(JsonNode result) {
        List<SqlProblem> problems = new ArrayList<>();
        for (JsonNode problem : result.path("problems")) {
            problems.add(SqlProblem.of(
                    problem.path("line").asInt(),
                    problem.path("column").asInt(),
                    problem.path("message").asString()));
        }
        return problems;
    }

    static SavedState state(JsonNode result) {
        List<SavedState.Operator> operators = new ArrayList<>();
        for (JsonNode operator : result.path("operators")) {
            operators.add(new SavedState.Operator(
                    operator.path("id").asString(),
                    text(operator, "uid"),
                    text(operator, "name"),
                    operator.path("parallelism").asInt(),
                    operator.path("maxParallelism").asInt(),
                    operator.path("bytes").asLong(),
                    operator.path("hasState").asBoolean()));
        }
        return new SavedState(result.path("checkpoint").asLong(), operators);
    }

    static CompiledJob job(JsonNode result) {
        List<CompiledJob.Operator> operators = new ArrayList<>();
        for (JsonNode operator : result.path("operators")) {
            operators.add(new CompiledJob.Operator(
                    operator.path("id").asString(),
                    text(operator, "uidHash"),
                    text(operator, "uid"),
                    operator.path("name").asString(),
                    operator.path("parallelism").asInt(),
                    operator.path("maxParallelism").asInt(),
                    operator.path("keyed").asBoolean()));
        }
        return new CompiledJob(operators, text(result, "plan"), text(result, "explanation"));
    }

    private static Optional<String> text(JsonNode node, String field) {
        return node.hasNonNull(field) ? Optional.of(node.get(field).asString()) : Optional.empty();
    }
}
