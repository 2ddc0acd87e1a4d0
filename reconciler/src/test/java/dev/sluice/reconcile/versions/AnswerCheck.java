// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.versions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.drive.contract.Settling;
import dev.sluice.drive.session.Submissions;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Asks the JobManager of one version what drivers ask it, at three moments of a job's life, and has
 * every answer compared with the recorded one that the reader is tested on.
 */
final class AnswerCheck {
    private static final String UNKNOWN = "0123456789abcdef0123456789abcdef";
    private static final String FAILED_TRIGGER = "fedcba9876543210fedcba9876543210";
    private static final String BURNT = "00112233445566778899aabbccddeeff";

    private final Answers answers;
    private final CountedJob job;
    private final Path folder;

    /** @param job a SQL job of that version */
    AnswerCheck(CountedJob job, URI flink, Path folder) {
        this.answers = new Answers(job.version(), flink, folder);
        this.job = job;
        this.folder = folder;
    }

    CountedJob job() {
        return job;
    }

    /** The first attempt runs and has completed a checkpoint. */
    void running() throws IOException {
        String path = path(1);
        answers.get("cluster", "/overview");
        answers.get("process", "/jobmanager/config");
        answers.get("features", "/config");
        answers.get("overview", "/jobs/overview");
        answers.get("job", path);
        answers.get("status", path + "/status");
        answers.get("checkpoints", path + "/checkpoints");
        answers.get("exceptions", path + "/exceptions");
        answers.get("restarts", path + "/metrics?get=numRestarts");
        answers.post("duplicate", runner(), submission(job.id(1).hex()));
        answers.get("unknown-job", "/jobs/" + UNKNOWN);
        answers.get("unknown-status", "/jobs/" + UNKNOWN + "/status");
        answers.get("unknown-checkpoints", "/jobs/" + UNKNOWN + "/checkpoints");
        answers.get("unknown-trigger", path + "/savepoints/" + UNKNOWN);
        answers.get("unknown-path", "/no/such/path");
        failSavepoint(path);
    }

    /** A savepoint to where a file stands in the way of a directory. */
    private void failSavepoint(String path) throws IOException {
        Path blocked = Files.writeString(folder.resolve("blocked-" + job.name()), "in the way");
        answers.send(
                path + "/savepoints",
                new TreeMap<>(Map.of(
                        "target-directory", "file:" + blocked, "triggerId", FAILED_TRIGGER)));
        String trigger = path + "/savepoints/" + FAILED_TRIGGER;
        Settling.until(
                Duration.ofMinutes(1),
                () -> answers.read(trigger).path("status").path("id").asString(),
                "COMPLETED"::equals);
        answers.get("failed-trigger", trigger);
    }

    /** The attempt was stopped with a savepoint. */
    void stopped(int attempt, String trigger) {
        answers.get("completed-trigger", path(attempt) + "/savepoints/" + trigger);
        answers.get("finished-job", path(attempt));
        answers.get("finished-checkpoints", path(attempt) + "/checkpoints");
    }

    /** The attempt was started from a savepoint, and has completed a checkpoint. */
    void restored(int attempt) throws IOException {
        answers.get("restored-checkpoints", path(attempt) + "/checkpoints");
        burn();
        answers.get("burnt-job", "/jobs/" + BURNT);
        answers.get("burnt-exceptions", "/jobs/" + BURNT + "/exceptions");
    }

    /** A start from something that looks like a savepoint from outside only. */
    private void burn() throws IOException {
        Path savepoint = Files.createDirectories(folder.resolve("hollow"));
        Files.write(
                savepoint.resolve("_metadata"),
                ByteBuffer.allocate(16).putInt(0x4960672d).putInt(4).putLong(7).array());
        TreeMap<String, Object> body = submission(BURNT);
        body.put("savepointPath", "file:" + savepoint);
        assertEquals(400, answers.send(runner(), body));
    }

    private TreeMap<String, Object> submission(String id) {
        TreeMap<String, Object> body = new TreeMap<>();
        body.put("jobId", id);
        String script = CountedJob.script(folder.resolve("output").resolve("nobody"));
        body.put("programArgsList", List.of("--script", Submissions.encode(script)));
        return body;
    }

    /** Where the uploaded SQL runner is started. */
    private String runner() {
        JsonNode jars = answers.get("jars", "/jars");
        for (JsonNode file : jars.path("files")) {
            if (file.path("name").asString().contains("sql-runner")) {
                return "/jars/" + file.path("id").asString() + "/run";
            }
        }
        throw new AssertionError("no SQL runner among " + jars);
    }

    private String path(int attempt) {
        return "/jobs/" + job.id(attempt);
    }
}
