// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.client.ClientUtils;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.client.program.ProgramInvocationException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * {@code compile}: runs a user's {@code main} as a cluster would, up to the moment when its one job is
 * submitted, and tells the graph of that job, and what the program itself wrote of it into the file
 * {@code explanation}, if one is named; or writes Flink's job graph to the file {@code graph}, if that
 * one is named, for {@link GraphFile}. Nothing is submitted.
 */
final class CompileOperation implements Operation {
    @Override
    public JsonNode answer(JsonNode request) throws Exception {
        Configuration configuration = configuration(request);
        CapturingExecutor executor = new CapturingExecutor();
        try (PackagedProgram program = program(request, configuration)) {
            run(program, configuration, executor);
            Pipeline pipeline = executor.onlyPipeline();
            int parallelism = request.path("parallelism").asInt(1);
            Graph graph = new Graph(program.getUserCodeClassLoader(), configuration, parallelism);
            if (request.hasNonNull("graph")) {
                graph.write(pipeline, Paths.get(request.path("graph").asText()));
                return Channel.object();
            }
            ObjectNode result = graph.describe(pipeline);
            if (request.hasNonNull("explanation")) {
                Path file = Paths.get(request.path("explanation").asText());
                result.put("explanation", Files.readString(file));
            }
            return result;
        }
    }

    private static Configuration configuration(JsonNode request) {
        Configuration configuration = new Configuration();
        request.path("configuration")
                .fields()
                .forEachRemaining(field ->
                        configuration.setString(field.getKey(), field.getValue().asText()));
        configuration.setString(
                "parallelism.default", request.path("parallelism").asText("1"));
        // As the cluster's REST API runs a program: it does not wait for the job's end.
        configuration.setString("execution.attached", "false");
        configuration.setString("execution.target", CapturingExecutor.NAME);
        return configuration;
    }

    private static PackagedProgram program(JsonNode request, Configuration configuration)
            throws ProgramFault {
        List<String> arguments = new ArrayList<>();
        request.path("arguments").forEach(argument -> arguments.add(argument.asText()));
        JsonNode mainClass = request.path("mainClass");
        try {
            return PackagedProgram.newBuilder()
                    .setJarFile(new File(request.path("jar").asText()))
                    .setEntryPointClassName(mainClass.isMissingNode() ? null : mainClass.asText())
                    .setConfiguration(configuration)
                    .setArguments(arguments.toArray(new String[0]))
                    .build();
        } catch (ProgramInvocationException | RuntimeException e) {
            throw ProgramFault.of(e);
        }
    }

    private static void run(
            PackagedProgram program, Configuration configuration, CapturingExecutor executor)
            throws ProgramFault {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            Thread.currentThread().setContextClassLoader(program.getUserCodeClassLoader());
            ClientUtils.executeProgram(executor, configuration, program, false, false);
        } catch (ProgramInvocationException | RuntimeException | LinkageError e) {
            throw ProgramFault.of(e);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
