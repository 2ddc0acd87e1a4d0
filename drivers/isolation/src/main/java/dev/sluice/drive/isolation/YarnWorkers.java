// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.FlinkHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks YARN by a process for each Flink home and Hadoop cluster, which may be killed at any time. State
 * on HDFS is read by the same; a program finds Hadoop's classes, and nothing that tells of the cluster.
 */
public final class YarnWorkers implements YarnCommands, ProgramLooks {
    private static final Duration QUESTION = Duration.ofSeconds(50);

    /** Jars may have to be copied, and the ResourceManager may be failing over. */
    private static final Duration SUBMISSION = Duration.ofMinutes(3);

    private final FlinkWorkers workers;
    private final HadoopClient hadoop;

    /** @param workers closed with this */
    public YarnWorkers(FlinkWorkers workers, HadoopClient hadoop) {
        this.workers = requireNonNull(workers, "workers is null");
        this.hadoop = requireNonNull(hadoop, "hadoop is null");
    }

    @Override
    public String reserve(FlinkHome home) throws WorkerFailure {
        JsonNode answer = worker(home).ask("reserve", WorkerProcess.body(), QUESTION);
        return answer.path("application").asString();
    }

    @Override
    public Optional<String> submit(FlinkHome home, YarnSubmission submission) throws WorkerFailure {
        ObjectNode body = WorkerProcess.body()
                .put("application", submission.application())
                .put("logging", submission.logging().toString());
        submission.configuration().forEach(body.putObject("configuration")::put);
        submission.mainClass().ifPresent(name -> body.put("mainClass", name));
        submission.graph().ifPresent(file -> body.put("graph", file.toString()));
        submission.arguments().forEach(body.putArray("arguments")::add);
        JsonNode answer = worker(home).ask("submit", body, SUBMISSION);
        return answer.path("submitted").asBoolean(false)
                ? Optional.empty()
                : Optional.of(answer.path("cause").asString("no cause given"));
    }

    @Override
    public void graph(FlinkHome home, CompileRequest program, Path file) throws WorkerFailure {
        workers.graph(home, program, hadoop.jars(), file);
    }

    @Override
    public void kill(FlinkHome home, String application, String reason) throws WorkerFailure {
        ObjectNode body =
                WorkerProcess.body().put("application", application).put("reason", reason);
        worker(home).ask("kill", body, QUESTION);
    }

    @Override
    public CompiledJob compile(FlinkHome home, CompileRequest request) throws WorkerFailure {
        return workers.compile(home, request, hadoop.jars());
    }

    @Override
    public SavedState metadata(FlinkHome home, String path) throws WorkerFailure {
        return workers.metadata(worker(home), path);
    }

    @Override
    public String sandbox() {
        return workers.sandbox();
    }

    @Override
    public void close() {
        workers.close();
    }

    private StandingWorker worker(FlinkHome home) throws WorkerFailure {
        return workers.standing(home, hadoop);
    }
}
