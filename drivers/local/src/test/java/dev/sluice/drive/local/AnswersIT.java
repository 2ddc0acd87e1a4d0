// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.drive.StopRequest;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.Settling;
import dev.sluice.drive.session.Submissions;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Real JobManagers still answer in the shape of the recorded answers that the reader is tested on. */
class AnswersIT {
    private static final String UNKNOWN = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path directory;

    static List<String> versions() {
        return VersionMatrixIT.versions();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aVersionAnswersAsRecorded(String version) throws IOException {
        try (LocalWorld world = new LocalWorld(directory, version)) {
            SampleJob job = world.job("answers");
            run(world, job, 1, new RestoreFrom.Empty("first start"));
            URI base = URI.create("http://127.0.0.1:" + world.file().ports().rest());
            Answers answers = new Answers(version, base, directory);

            running(answers, world, job);
            unknown(answers, job);
            StopRequest blocked = Requests.stop(job, 1, 1);
            world.blockDirectory(blocked.directory());
            stop(world, blocked);
            StopRequest stop = Requests.stop(job, 1, 2);
            StatePointer saved = pointer(stop(world, stop));
            ended(answers, blocked, stop);
            run(world, job, 2, new RestoreFrom.State(saved));
            world.advance(job, 2);
            answers.get("restored-checkpoints", "/jobs/" + id(job, 2) + "/checkpoints");
            burn(world, job);
            answers.get("burnt-job", "/jobs/" + id(job, 3));
            answers.get("burnt-exceptions", "/jobs/" + id(job, 3) + "/exceptions");
        }
    }

    private static void running(Answers answers, LocalWorld world, SampleJob job) {
        world.advance(job, 1);
        String path = "/jobs/" + id(job, 1);
        answers.get("cluster", "/overview");
        answers.get("process", "/jobmanager/config");
        answers.get("features", "/config");
        answers.get("overview", "/jobs/overview");
        answers.get("job", path);
        answers.get("status", path + "/status");
        answers.get("checkpoints", path + "/checkpoints");
        answers.get("exceptions", path + "/exceptions");
        answers.get("restarts", path + "/metrics?get=numRestarts");
        JsonNode jars = answers.get("jars", "/jars");
        TreeMap<String, Object> duplicate = new TreeMap<>();
        duplicate.put("jobId", id(job, 1));
        duplicate.put("programArgsList", List.of("--script", Submissions.encode(job.sql())));
        String jar = jars.path("files").path(0).path("id").stringValue();
        answers.post("duplicate", "/jars/" + jar + "/run", duplicate);
    }

    private static void unknown(Answers answers, SampleJob job) {
        answers.get("unknown-job", "/jobs/" + UNKNOWN);
        answers.get("unknown-status", "/jobs/" + UNKNOWN + "/status");
        answers.get("unknown-checkpoints", "/jobs/" + UNKNOWN + "/checkpoints");
        answers.get("unknown-trigger", "/jobs/" + id(job, 1) + "/savepoints/" + UNKNOWN);
        answers.get("unknown-path", "/no/such/path");
    }

    private static void ended(Answers answers, StopRequest failed, StopRequest stop) {
        String path = "/jobs/" + stop.job();
        answers.get("failed-trigger", path + "/savepoints/" + failed.trigger());
        answers.get("completed-trigger", path + "/savepoints/" + stop.trigger());
        answers.get("finished-job", path);
        answers.get("finished-checkpoints", path + "/checkpoints");
    }

    private static void run(LocalWorld world, SampleJob job, int attempt, RestoreFrom from) {
        Settling.settle(() -> world.driver().stage(Requests.stage(job)));
        Outcome outcome =
                Settling.settle(() -> world.driver().start(Requests.start(job, attempt, from)));
        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
        world.awaitRunning(job, attempt);
    }

    private static Outcome stop(LocalWorld world, StopRequest request) {
        return Settling.settle(() -> world.driver().stopWithSavepoint(request));
    }

    private static StatePointer pointer(Outcome outcome) {
        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
        return ((Outcome.Done) outcome).evidence().pointer().orElseThrow();
    }

    /** A start from something that looks like a savepoint from outside only. */
    private void burn(LocalWorld world, SampleJob job) throws IOException {
        Path savepoint = Files.createDirectories(directory.resolve("hollow"));
        Files.write(
                savepoint.resolve("_metadata"),
                ByteBuffer.allocate(16).putInt(0x4960672d).putInt(4).putLong(7).array());
        StatePointer hollow = new StatePointer(
                StatePointer.Kind.SAVEPOINT,
                "file:" + savepoint,
                JobId.of(job.key(), 2),
                2,
                7,
                Instant.EPOCH,
                job.flinkVersion());
        RestoreFrom from = new RestoreFrom.State(hollow);
        Outcome outcome = Settling.settle(() -> world.driver().start(Requests.start(job, 3, from)));
        assertEquals(Outcome.Failed.class, outcome.getClass(), outcome::toString);
    }

    private static String id(SampleJob job, int attempt) {
        return JobId.of(job.key(), attempt).hex();
    }
}
