// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.StopRequest;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.SavepointDirectory;
import dev.sluice.spec.TriggerId;
import dev.sluice.spec.UpgradePolicy.SavepointFormat;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each answer that a stop can get, and what it means. */
class StoppingTest {
    private static final JobKey KEY = new JobKey("repo", "test", "team", "job");
    private static final JobId JOB = JobId.of(KEY, 1);
    private static final StopRequest REQUEST = new StopRequest(
            KEY,
            1,
            JOB,
            TriggerId.of(KEY, 1, "plan", 1),
            SavepointDirectory.of(KEY, 1, "plan", 1),
            SavepointFormat.NATIVE,
            "2.2");
    private static final String TRIGGER = "GET /jobs/" + JOB + "/savepoints/" + REQUEST.trigger();
    private static final String STATUS = "GET /jobs/" + JOB + "/status";
    private static final String STOP = "POST /jobs/" + JOB + "/stop";

    @TempDir
    Path state;

    private final FakeFlink flink = new FakeFlink();
    private Optional<String> orphansExcluded = Optional.empty();

    @AfterEach
    void stop() {
        flink.close();
    }

    @Test
    void anUnknownTriggerOfARunningJobIsAskedForWithItsIdAndDirectoryAndWithoutDrain() {
        unknownTrigger().on(STATUS, 200, "{\"status\":\"RUNNING\"}").on(STOP, 202, "{}");

        assertWaiting(look());
        assertEquals(
                List.of(STOP
                        + " {\"drain\":false,\"formatType\":\"NATIVE\",\"targetDirectory\":\"file:"
                        + state + "/savepoints/" + REQUEST.directory() + "\",\"triggerId\":\""
                        + REQUEST.trigger() + "\"}"),
                flink.effects());
    }

    @Test
    void aTriggerInProgressIsWaitedForWithoutAnotherRequest() {
        flink.on(TRIGGER, 200, "{\"status\":{\"id\":\"IN_PROGRESS\"}}");

        assertWaiting(look());
        assertEquals(List.of(), flink.effects());
    }

    @Test
    void aLocationCountsOnlyWhenTheJobHasEnded() {
        String path = savepoint("savepoint-1", 7);
        located(path).on(STATUS, 200, "{\"status\":\"RUNNING\"}");

        Outcome early = look();
        flink.on(STATUS, 200, "{\"status\":\"FINISHED\"}");
        Outcome late = look();

        assertWaiting(early);
        assertPointer(path, 7, late);
    }

    @Test
    void aLocationThatIsNotThereIsNotBelieved() {
        located("file:" + state + "/savepoints/gone").on(STATUS, 200, "{\"status\":\"FINISHED\"}");

        assertEquals(Outcome.Unknown.class, look().getClass());
    }

    @Test
    void aFailedSavepointOfARunningJobMayBeTriedAgain() {
        failedTrigger("CheckpointException: IO-problem detected.")
                .on(STATUS, 200, "{\"status\":\"RUNNING\"}");

        Outcome.Failed failed = (Outcome.Failed) look();

        assertTrue(failed.retryable());
        assertEquals("RUNNING", failed.evidence().facts().get("state"));
        assertEquals(Optional.empty(), failed.evidence().pointer());
        assertEquals(List.of(), flink.effects());
    }

    @Test
    void aSavepointThatWasMadeBeforeTheStopFailedIsInTheEvidence() {
        String path = savepoint("savepoint-1", 7);
        failedTrigger("StopWithSavepointStoppingException: A savepoint has been created at: " + path
                        + ", but the corresponding job " + JOB + " failed during stopping.")
                .on(STATUS, 200, "{\"status\":\"RESTARTING\"}");

        Outcome.Failed failed = (Outcome.Failed) look();

        assertEquals(path, failed.evidence().pointer().orElseThrow().path());
        assertEquals("RESTARTING", failed.evidence().facts().get("state"));
    }

    @Test
    void theSavepointOfAnEndedJobIsFoundInItsDirectory() {
        String path = savepoint("savepoint-1", 7);
        unknownTrigger().on(STATUS, 200, "{\"status\":\"FINISHED\"}");

        assertPointer(path, 7, look());
        assertEquals(List.of(), flink.effects());
    }

    @Test
    void theSavepointOfAnEndedJobIsTakenFromItsStatisticsWhereListingDoesNotDecide() {
        savepoint("savepoint-1", 7);
        String path = savepoint("savepoint-2", 8);
        unknownTrigger()
                .on(STATUS, 200, "{\"status\":\"FINISHED\"}")
                .on(
                        STATUS.replace("/status", "/checkpoints"),
                        200,
                        "{\"counts\":{\"completed\":1,\"failed\":0},\"latest\":{\"completed\":null,"
                                + "\"savepoint\":{\"id\":8,\"external_path\":\"" + path
                                + "\",\"latest_ack_timestamp\":1},\"restored\":null}}");

        assertPointer(path, 8, look());
    }

    @Test
    void aSavepointThatTheJobOutranBeforeItFailedIsNotTheNewestState() {
        savepoint("savepoint-1", 7);
        metadata(state.resolve("checkpoints").resolve(JOB.hex()).resolve("chk-9"), 9);
        unknownTrigger().on(STATUS, 200, "{\"status\":\"FAILED\"}");

        Outcome.Failed failed = (Outcome.Failed) look();

        assertEquals("FAILED", failed.evidence().facts().get("state"));
        assertEquals(Optional.empty(), failed.evidence().pointer());
    }

    @Test
    void aSavepointNewerThanEveryCheckpointOfAFailedJobIsUsed() {
        String path = savepoint("savepoint-1", 10);
        metadata(state.resolve("checkpoints").resolve(JOB.hex()).resolve("chk-9"), 9);
        unknownTrigger().on(STATUS, 200, "{\"status\":\"FAILED\"}");

        assertPointer(path, 10, look());
    }

    @Test
    void aSavepointWithoutMetadataIsNone() throws IOException {
        Files.createDirectories(directory().resolve("savepoint-1"));
        unknownTrigger().on(STATUS, 200, "{\"status\":\"FAILED\"}");

        Outcome.Failed failed = (Outcome.Failed) look();

        assertEquals("FAILED", failed.evidence().facts().get("state"));
    }

    @Test
    void twoSavepointsInOneDirectoryAreNoAnswer() {
        savepoint("savepoint-1", 7);
        savepoint("savepoint-2", 8);
        unknownTrigger().on(STATUS, 200, "{\"status\":\"FINISHED\"}");

        assertEquals(Outcome.Failed.class, look().getClass());
    }

    @Test
    void aForgottenJobIsUnknownUntilNoProcessCanStillRunIt() {
        String path = savepoint("savepoint-1", 7);
        String denial = "{\"errors\":[\"NotFoundException: Job " + JOB + " not found\"]}";
        unknownTrigger().on(STATUS, 404, denial);

        Outcome unsure = look();
        orphansExcluded = Optional.of("the process is younger than the job");
        Outcome sure = look();

        assertEquals(Outcome.Unknown.class, unsure.getClass());
        assertPointer(path, 7, sure);
    }

    @Test
    void theStatusHandlersFiveHundredIsADenialToo() {
        orphansExcluded = Optional.of("sure");
        unknownTrigger()
                .on(
                        STATUS,
                        500,
                        "{\"errors\":[\"FlinkJobNotFoundException: Could not find Flink job (" + JOB
                                + ")\"]}");

        assertEquals(Outcome.Failed.class, look().getClass());
    }

    @Test
    void aVersionWithoutThePathOfTheStatusIsAskedForTheJobItself() {
        orphansExcluded = Optional.of("sure");
        unknownTrigger()
                .on(
                        STATUS,
                        404,
                        "{\"errors\":[\"Unable to load requested file /jobs/" + JOB
                                + "/status.\"]}")
                .on("GET /jobs/" + JOB, 200, "{\"state\":\"RUNNING\",\"vertices\":[]}")
                .on(STOP, 202, "{}");

        assertWaiting(look());
        assertEquals(1, flink.effects().size());
    }

    @Test
    void anotherServersNotFoundProvesNothing() {
        orphansExcluded = Optional.of("sure");
        flink.on(TRIGGER, 404, "{\"message\":\"no such page\"}");

        assertEquals(Outcome.Unknown.class, look().getClass());
        assertEquals(List.of(), flink.effects());
    }

    @Test
    void aLostAnswerIsUnknown() {
        unknownTrigger()
                .on(STATUS, 200, "{\"status\":\"RUNNING\"}")
                .on(STOP, exchange -> exchange.close());

        assertEquals(Outcome.Unknown.class, look().getClass());
    }

    private Outcome look() {
        RestLimits limits = new RestLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), 10_000);
        return new Stopping(
                        new FlinkRest(flink.address(), limits),
                        new FileStateStorage(new FolderFiles(state)),
                        () -> orphansExcluded,
                        Clock.systemUTC())
                .look(REQUEST);
    }

    private FakeFlink unknownTrigger() {
        return flink.on(
                TRIGGER,
                404,
                "{\"errors\":[\"RestHandlerException: There is no savepoint operation with triggerId="
                        + REQUEST.trigger() + " for job " + JOB + ".\"]}");
    }

    private FakeFlink located(String path) {
        return flink.on(
                TRIGGER,
                200,
                "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"location\":\"" + path
                        + "\"}}");
    }

    private FakeFlink failedTrigger(String trace) {
        return flink.on(
                TRIGGER,
                200,
                "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"failure-cause\":{\"stack-trace\":\""
                        + trace + "\"}}}");
    }

    private Path directory() {
        return state.resolve("savepoints").resolve(REQUEST.directory());
    }

    private String savepoint(String name, long id) {
        return metadata(directory().resolve(name), id);
    }

    private static String metadata(Path path, long id) {
        try {
            Path folder = Files.createDirectories(path);
            ByteBuffer head =
                    ByteBuffer.allocate(32).putInt(0x4960672d).putInt(4).putLong(id);
            Files.write(folder.resolve("_metadata"), head.array());
            return "file:" + folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertWaiting(Outcome outcome) {
        assertEquals(Outcome.Waiting.class, outcome.getClass(), outcome::toString);
    }

    private static void assertPointer(String path, long id, Outcome outcome) {
        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
        StatePointer pointer = ((Outcome.Done) outcome).evidence().pointer().orElseThrow();
        assertEquals(path, pointer.path());
        assertEquals(id, pointer.checkpointId());
    }
}
