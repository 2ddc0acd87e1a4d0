// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.rest.RestFailure.Kind;
import dev.sluice.spec.JobId;
import dev.sluice.spec.TriggerId;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.StatePointer;
import dev.sluice.spec.rule.FlinkVersions;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What each Flink version really answered ({@code answers/}), read by the one reader of all versions. */
class RecordedAnswersTest {
    private static final JobId JOB = new JobId("a".repeat(32));
    private static final TriggerId UNKNOWN = new TriggerId("0123456789abcdef".repeat(2));
    private static final JobId UNKNOWN_JOB = new JobId(UNKNOWN.hex());
    private static final String PATH = "GET /jobs/" + JOB;

    private final FakeFlink flink = new FakeFlink();
    private final FlinkRest rest = new FlinkRest(flink.address(), RestLimits.DEFAULT);

    static List<String> versions() {
        return FlinkVersions.SUPPORTED;
    }

    @AfterEach
    void stop() {
        flink.close();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aClusterSaysItsVersionSlotsAndProcess(String version) throws Exception {
        on("GET /overview", version, "cluster");
        on("GET /jobmanager/config", version, "process");
        on("GET /config", version, "features");

        ClusterOverview cluster = rest.cluster();

        assertTrue(cluster.isOf(version), cluster::toString);
        assertEquals(1, cluster.taskManagers());
        assertTrue(rest.jobManager().id().contains("flink-web-"), rest.jobManager()::id);
        assertTrue(rest.takesJars());
        assertTrue(cluster.slots() > cluster.freeSlots(), cluster::toString);
        assertEquals(Map.of(version, cluster.freeSlots()), cluster.freeSlotsOf(version));
        assertFalse(rest.jobManager().grows());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aRunningJobIsSeenWithItsVerticesAndCheckpoints(String version) throws Exception {
        on("GET /jobs/overview", version, "overview");
        on(PATH, version, "job");
        on(PATH + "/checkpoints", version, "checkpoints");
        on(PATH + "/exceptions", version, "exceptions");
        on(PATH + "/metrics", version, "restarts");

        OverviewEntry entry = rest.overview().get(0);
        CheckpointStatistics checkpoints = rest.checkpoints(JOB).orElseThrow();

        assertEquals("shop/answers", entry.name());
        assertEquals(JobStatus.RUNNING, entry.status());
        assertTrue(entry.startedAt().toEpochMilli() > 0);
        JobView job = rest.job(JOB).orElseThrow();
        assertEquals(new JobView(JobStatus.RUNNING, true, 2, true, 0, job.vertices()), job);
        assertEquals(Optional.empty(), checkpoints.underWay());
        assertEquals(job.vertices().size(), job.unfinished().size());
        assertFalse(job.unfinished().get(0).startsWith("a vertex without"), job::toString);
        assertTrue(checkpoints.completed() > 0);
        assertEquals(
                StatePointer.Kind.CHECKPOINT, checkpoints.newest().orElseThrow().kind());
        assertTrue(checkpoints.newest().get().path().startsWith("file:/data/"));
        assertEquals(Optional.empty(), checkpoints.restoredPath());
        assertEquals(Optional.empty(), rest.exception(JOB));
        assertEquals(0, rest.restarts(JOB));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theStateOfAJobIsKnownAlsoWhereThereIsNoPathForIt(String version) throws Exception {
        on(PATH + "/status", version, "status");
        on(PATH, version, "job");

        assertEquals(Optional.of(JobStatus.RUNNING), rest.status(JOB));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void onlyADenialOfTheJobIsOne(String version) throws Exception {
        on("GET /jobs/" + UNKNOWN, version, "unknown-job");
        on("GET /jobs/" + UNKNOWN + "/status", version, "unknown-status");
        on("GET /jobs/" + UNKNOWN + "/checkpoints", version, "unknown-checkpoints");
        on(PATH, version, "unknown-path");

        assertEquals(Optional.empty(), rest.status(UNKNOWN_JOB));
        assertEquals(Optional.empty(), rest.job(UNKNOWN_JOB));
        assertEquals(Optional.empty(), rest.checkpoints(UNKNOWN_JOB));
        assertEquals(
                Kind.REFUSED,
                assertThrows(RestFailure.class, () -> rest.job(JOB)).kind());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aTriggerIsUnknownOrFailedOrHasALocation(String version) throws Exception {
        TriggerId failed = new TriggerId("f".repeat(32));
        TriggerId done = new TriggerId("d".repeat(32));
        on(PATH + "/savepoints/" + UNKNOWN, version, "unknown-trigger");
        on(PATH + "/savepoints/" + failed, version, "failed-trigger");
        on(PATH + "/savepoints/" + done, version, "completed-trigger");

        Trigger refused = rest.trigger(JOB, failed);

        assertEquals(Trigger.NOT_KNOWN, rest.trigger(JOB, UNKNOWN));
        assertEquals(Trigger.State.COMPLETED, refused.state());
        assertEquals(Optional.empty(), refused.location());
        assertFalse(Causes.root(refused.failure().orElseThrow()).isBlank());
        assertTrue(rest.trigger(JOB, done).location().orElseThrow().startsWith("file:/data/"));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aStoppedJobIsFinishedAndARestoredOneNamesItsOrigin(String version) throws Exception {
        on(PATH, version, "finished-job");
        on(PATH + "/checkpoints", version, "finished-checkpoints");
        on("GET /jobs/" + UNKNOWN + "/checkpoints", version, "restored-checkpoints");

        CheckpointStatistics finished = rest.checkpoints(JOB).orElseThrow();
        CheckpointStatistics restored = rest.checkpoints(UNKNOWN_JOB).orElseThrow();

        assertEquals(JobStatus.FINISHED, rest.job(JOB).orElseThrow().status());
        assertEquals(
                StatePointer.Kind.SAVEPOINT, finished.newest().orElseThrow().kind());
        assertEquals(finished.newest().map(snapshot -> snapshot.path()), restored.restoredPath());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aJobThatNeverRanIsBurntAndSaysWhy(String version) throws Exception {
        on(PATH, version, "burnt-job");
        on(PATH + "/exceptions", version, "burnt-exceptions");

        assertTrue(rest.job(JOB).orElseThrow().isBurnt());
        assertFalse(Causes.root(rest.exception(JOB).orElseThrow()).isBlank());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aSecondSubmissionOfAnIdIsToldFromOtherRefusals(String version) throws Exception {
        on("POST /jars/some.jar/run", version, "duplicate");

        RestFailure refused = assertThrows(RestFailure.class, () -> rest.run("some.jar", Map.of()));

        assertEquals(400, refused.status());
        assertTrue(refused.getMessage().contains("already been submitted"), refused::getMessage);
    }

    private void on(String call, String version, String name) throws IOException {
        try (InputStream in = RecordedAnswersTest.class.getResourceAsStream(
                "/answers/" + version + "/" + name + ".json")) {
            JsonNode answer = JsonMapper.builder().build().readTree(in);
            flink.on(call, answer.path("status").asInt(), answer.path("body").toString());
        }
    }
}
