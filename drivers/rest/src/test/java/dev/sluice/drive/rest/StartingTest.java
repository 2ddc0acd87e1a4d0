// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.spec.Digest;
import dev.sluice.spec.EarlierAttempts;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.UpgradePolicy;
import dev.sluice.spec.observed.KnownState;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each answer that a start can get, and what it means. */
class StartingTest {
    private static final SampleJob SAMPLE =
            new SampleJob(new JobKey("repo", "test", "team", "job"), "2.2", "INSERT", 2);
    private static final StartRequest REQUEST =
            Requests.start(SAMPLE, 1, new RestoreFrom.Empty("first start"));
    private static final JobId JOB = REQUEST.id();
    private static final String LOOK = "GET /jobs/" + JOB;
    private static final String RUN = "POST /jars/known.jar/run";
    private static final String DENIAL = "{\"errors\":[\"Job " + JOB + " not found\"]}";

    @TempDir
    Path folder;

    private final FakeFlink flink = new FakeFlink();
    private Optional<String> orphansExcluded = Optional.of("no process is older");

    @BeforeEach
    void upload() throws IOException {
        Files.writeString(folder.resolve("runner.jar"), "jar");
        String name = Digest.of("jar").brief() + "-runner.jar";
        flink.on(
                "GET /jars", 200, "{\"files\":[{\"id\":\"known.jar\",\"name\":\"" + name + "\"}]}");
        flink.on(LOOK, 404, DENIAL);
    }

    @AfterEach
    void stop() {
        flink.close();
    }

    @Test
    void anUnknownIdIsRunUnderThatIdWithItsParallelism() {
        flink.on(RUN, 200, "{}");

        assertEquals(Outcome.Done.class, start().getClass());
        assertEquals(
                List.of(RUN + " {\"jobId\":\"" + JOB
                        + "\",\"parallelism\":2,\"programArgsList\":[\"a\"]}"),
                flink.effects());
    }

    @Test
    void aJarThatHasChangedSinceItWasCheckedIsNotUploaded() throws IOException {
        flink.on("GET /jars", 200, "{\"files\":[]}");
        flink.on("POST /jars/upload", 200, "{\"filename\":\"/tmp/known.jar\"}");
        flink.on(RUN, 200, "{}");
        Files.writeString(folder.resolve("runner.jar"), "another");

        Outcome refused = start();
        List<String> effects = flink.effects();
        Files.writeString(folder.resolve("runner.jar"), "jar");
        Outcome done = start();

        assertEquals(Outcome.Unknown.class, refused.getClass(), refused::toString);
        assertTrue(refused.toString().contains("changed since it was checked"), refused::toString);
        assertEquals(List.of(), effects);
        assertEquals(Outcome.Done.class, done.getClass(), done::toString);
    }

    @Test
    void nothingIsRunBesideTheAttemptBeforeThatCameBack() {
        StartRequest second = Requests.start(SAMPLE, 2, new RestoreFrom.Empty("none"));
        flink.on("GET /jobs/" + second.id(), 404, denial(second.id()));
        flink.on("GET /jobs/" + JOB + "/status", 200, "{\"status\":\"RUNNING\"}");
        flink.on(RUN, 200, "{}");

        assertEquals(Outcome.Unknown.class, start(second).getClass());
        assertEquals(List.of(), flink.effects());

        flink.on("GET /jobs/" + JOB + "/status", 200, "{\"status\":\"FINISHED\"}");

        assertEquals(Outcome.Done.class, start(second).getClass());
    }

    @Test
    void nothingIsRunBesideAnyAttemptThatWasProvenAbsentBefore() {
        JobKey former = new JobKey("repo", "test", "team", "formerly");
        JobId adopted = new JobId("ad".repeat(16));
        StartRequest heir = Requests.start(
                SAMPLE,
                9,
                new RestoreFrom.Empty("none"),
                new EarlierAttempts(SAMPLE.key(), 8, Optional.of(adopted)),
                new EarlierAttempts(former, 30, Optional.empty()));
        flink.on(RUN, 200, "{}");
        flink.on("GET /jobs/" + heir.id(), 404, denial(heir.id()));
        heir.likeliestOthers().forEach(this::deny);
        flink.on("GET /jobs/overview", 200, "{\"jobs\":[]}");
        List<JobId> back = List.of(
                JobId.of(SAMPLE.key(), 8),
                JobId.of(SAMPLE.key(), 7),
                adopted,
                JobId.of(former, 30));
        for (JobId one : back) {
            flink.on("GET /jobs/" + one + "/status", 200, "{\"status\":\"RUNNING\"}");

            assertUnknown(heir, one);

            deny(one);
        }
        for (JobId one : List.of(JobId.of(SAMPLE.key(), 1), JobId.of(former, 2))) {
            flink.on(
                    "GET /jobs/overview",
                    200,
                    "{\"jobs\":[{\"jid\":\"" + one
                            + "\",\"name\":\"n\",\"state\":\"RESTARTING\",\"start-time\":1}]}");

            assertUnknown(heir, one);
        }
        assertEquals(List.of(), flink.effects());
    }

    @Test
    void nothingIsRunFromOlderStateThanAnEarlierAttemptHasLeftSinceTheDecision()
            throws IOException {
        StatePointer known = new StatePointer(
                StatePointer.Kind.CHECKPOINT, "file:/chk-4", JOB, 1, 4, Instant.now(), "2.2");
        StartRequest second = new StartRequest(
                SAMPLE.effective(),
                2,
                JobId.of(SAMPLE.key(), 2),
                new RestoreFrom.Empty("none"),
                List.of(new EarlierAttempts(SAMPLE.key(), 1, Optional.empty())),
                Optional.of(KnownState.of(List.of(known), Optional.empty(), Optional.empty())));
        flink.on("GET /jobs/" + second.id(), 404, denial(second.id()));
        deny(JOB);
        checkpoint(3);
        assertEquals(Optional.empty(), starting().begun(second));

        checkpoint(5);
        Outcome.Failed failed = (Outcome.Failed) starting().begun(second).orElseThrow();

        assertTrue(failed.retryable());
        assertTrue(failed.evidence().facts().containsKey("newer"));
        assertEquals(5, failed.evidence().pointer().orElseThrow().checkpointId());
        assertEquals(1, failed.evidence().pointer().orElseThrow().attempt());
    }

    private void checkpoint(int number) throws IOException {
        Path place = folder.resolve("checkpoints/" + JOB + "/chk-" + number);
        Files.createDirectories(place);
        ByteBuffer head = ByteBuffer.allocate(32).putInt(0x4960672d).putInt(4).putLong(number);
        Files.write(place.resolve("_metadata"), head.array());
    }

    @Test
    void askingForManyAttemptsTakesEightRequestsAndAnOverviewAtMost() {
        JobKey former = new JobKey("repo", "test", "team", "formerly");
        StartRequest heir = Requests.start(
                SAMPLE,
                4000,
                new RestoreFrom.Empty("none"),
                new EarlierAttempts(SAMPLE.key(), 3999, Optional.of(new JobId("ad".repeat(16)))),
                new EarlierAttempts(former, 500, Optional.of(new JobId("ae".repeat(16)))));
        flink.on("GET /jobs/" + heir.id(), 404, denial(heir.id()));
        heir.likeliestOthers().forEach(this::deny);
        flink.on("GET /jobs/overview", 200, "{\"jobs\":[]}");

        Optional<Outcome> obstacle = starting().begun(heir);

        assertEquals(Optional.empty(), obstacle);
        assertEquals(1 + 8 + 1, flink.calls());
    }

    private void assertUnknown(StartRequest request, JobId back) {
        Outcome outcome = start(request);

        assertEquals(Outcome.Unknown.class, outcome.getClass(), outcome::toString);
        assertTrue(((Outcome.Unknown) outcome).cause().contains(back.hex()), outcome::toString);
    }

    private void deny(JobId id) {
        flink.on("GET /jobs/" + id + "/status", 404, denial(id));
    }

    private static String denial(JobId id) {
        return "{\"errors\":[\"Job " + id + " not found\"]}";
    }

    @Test
    void whetherStateMayBeDroppedGoesWithEveryStartFromState() {
        StatePointer saved = new StatePointer(
                StatePointer.Kind.SAVEPOINT, "s3://a/sp", JOB, 0, -1, Instant.EPOCH, "1.20");
        for (boolean mayDrop : List.of(false, true)) {
            StartRequest request = new StartRequest(
                    dropping(mayDrop),
                    1,
                    JOB,
                    new RestoreFrom.State(saved),
                    List.of(),
                    Optional.empty());

            start(request);

            String effect = flink.effects().get(flink.effects().size() - 1);
            assertTrue(effect.contains("\"allowNonRestoredState\":" + mayDrop), effect);
            assertTrue(effect.contains("\"savepointPath\":\"s3://a/sp\""), effect);
        }
    }

    @Test
    void aKnownIdIsTakenForTheEarlierCallsEffect() {
        flink.on(LOOK, 200, "{\"state\":\"RUNNING\",\"timestamps\":{\"RUNNING\":5}}");

        assertEquals(Outcome.Done.class, start().getClass());
        assertEquals(List.of(), flink.effects());
    }

    @Test
    void withoutItsProgramAStartTellsOnlyWhatIsInTheWay() {
        assertEquals(Optional.empty(), starting().begun(REQUEST));

        orphansExcluded = Optional.empty();
        assertEquals(
                Outcome.Unknown.class, starting().begun(REQUEST).orElseThrow().getClass());

        flink.on(LOOK, 200, "{\"state\":\"RUNNING\",\"timestamps\":{\"RUNNING\":5}}");
        assertEquals(Outcome.Done.class, starting().begun(REQUEST).orElseThrow().getClass());
        assertEquals(List.of(), flink.effects());
    }

    @Test
    void aLostAnswerWithoutAJobIsUnknown() {
        flink.on(RUN, HttpExchange::close);

        assertEquals(Outcome.Unknown.class, start().getClass());
    }

    @Test
    void aLostAnswerIsSettledByTheJobThatIsThere() {
        flink.on(RUN, exchange -> {
            flink.on(LOOK, 200, "{\"state\":\"INITIALIZING\",\"timestamps\":{\"RUNNING\":0}}");
            exchange.close();
        });

        assertEquals(Outcome.Done.class, start().getClass());
    }

    @Test
    void aJobThatCameWithItsClusterHasStartedOnceItsStateWasRead() {
        for (String beginning : List.of("INITIALIZING", "CREATED")) {
            flink.on(LOOK, 200, "{\"state\":\"" + beginning + "\",\"timestamps\":{\"RUNNING\":0}}");
            assertEquals(Outcome.Waiting.class, started().getClass(), beginning);
        }

        flink.on(LOOK, 200, "{\"state\":\"RUNNING\",\"timestamps\":{\"RUNNING\":5}}");

        assertEquals(Outcome.Done.class, started().getClass());
    }

    @Test
    void aJobThatCameWithItsClusterAndFailedBeforeItRanIsBurnt() {
        flink.on(LOOK, 200, "{\"state\":\"FAILED\",\"timestamps\":{\"RUNNING\":0}}");
        flink.on(LOOK + "/exceptions", 200, "{\"root-exception\":\"no such savepoint\"}");

        Outcome.Failed failed = (Outcome.Failed) started();

        assertEquals(Optional.of(JOB.hex()), burnt(failed));
    }

    @Test
    void aClusterThatDoesNotServeYetIsWaitedForAndAnyOtherErrorIsUnknown() {
        flink.on(LOOK, 503, "{\"errors\":[\"starting\"]}");
        assertEquals(Outcome.Waiting.class, started().getClass());

        flink.on(LOOK, 500, "{\"errors\":[\"broken\"]}");
        assertEquals(Outcome.Unknown.class, started().getClass());
    }

    @Test
    void aRefusedScriptStartsNothingAndTellsWhere() {
        String trace = "ProgramInvocationException: main failed\\nCaused by:"
                + " dev.sluice.runner.ScriptFailure: script:3:5: statement 1: no such table";
        flink.on(RUN, 400, "{\"errors\":[\"" + trace + "\"]}");

        Outcome.Failed failed = (Outcome.Failed) start();

        assertFalse(failed.retryable());
        assertTrue(
                failed.cause().contains("script:3:5: statement 1: no such table"), failed::cause);
        assertEquals(Optional.empty(), burnt(failed));
    }

    @Test
    void aRefusalThatLeavesAFailedJobBurnsTheId() {
        flink.on(RUN, exchange -> {
            flink.on(LOOK, 200, "{\"state\":\"FAILED\",\"timestamps\":{\"RUNNING\":0}}");
            FakeFlink.send(exchange, 400, "{\"errors\":[\"IllegalStateException: does not map\"]}");
        });

        assertEquals(Optional.of(JOB.hex()), burnt((Outcome.Failed) start()));
    }

    @Test
    void aJobThatFailedAfterItRanWasStartedAllTheSame() {
        flink.on(LOOK, 200, "{\"state\":\"FAILED\",\"timestamps\":{\"RUNNING\":9}}");

        assertEquals(Outcome.Done.class, start().getClass());
    }

    @Test
    void aDuplicateThatFlinkCannotShowIsUnknown() {
        flink.on(
                RUN,
                400,
                "{\"errors\":[\"DuplicateJobSubmissionException: Job has already been submitted.\"]}");

        assertEquals(Outcome.Unknown.class, start().getClass());
    }

    @Test
    void aClusterThatDoesNotAnswerIsUnknownAndGetsNoRequest() {
        flink.on(LOOK, 503, "{\"errors\":[\"leader election\"]}");

        assertEquals(Outcome.Unknown.class, start().getClass());
        assertEquals(List.of(), flink.effects());
    }

    @Test
    void anUnknownIdThatAnOrphanMayStillRunIsNotSubmittedAgain() {
        orphansExcluded = Optional.empty();
        flink.on(RUN, 200, "{}");

        assertEquals(Outcome.Unknown.class, start().getClass());
        assertEquals(List.of(), flink.effects());
    }

    private Outcome start() {
        return start(REQUEST);
    }

    private Outcome start(StartRequest request) {
        Starting starting = starting();
        return starting.begun(request).orElseGet(() -> starting.submit(request, submission()));
    }

    private Submission submission() {
        return new Submission(
                folder.resolve("runner.jar"),
                Digest.of("jar"),
                Optional.empty(),
                List.of("a"),
                new TreeMap<>());
    }

    private static EffectiveJob dropping(boolean mayDrop) {
        JobSpec spec = SAMPLE.effective().spec();
        UpgradePolicy policy = spec.upgrade();
        return new EffectiveJob(
                new JobSpec(
                        spec.key(),
                        spec.ownership(),
                        spec.state(),
                        spec.flink(),
                        spec.program(),
                        spec.dependencies(),
                        spec.resources(),
                        spec.configuration(),
                        new UpgradePolicy(
                                policy.discardableReason(),
                                policy.savepointTimeout(),
                                policy.savepointFormat(),
                                policy.onSavepointFailure(),
                                policy.maxStateAge(),
                                mayDrop,
                                policy.soak(),
                                policy.onBadUpgrade(),
                                policy.rollbackState(),
                                policy.supersede()),
                        spec.onFailure(),
                        spec.schedule(),
                        spec.dependsOn(),
                        spec.health(),
                        spec.links(),
                        spec.runtime(),
                        spec.lineage()),
                SAMPLE.effective().commit(),
                SAMPLE.effective().digest(),
                SAMPLE.effective().file());
    }

    private Outcome started() {
        return starting().started(REQUEST, Instant.EPOCH);
    }

    private Starting starting() {
        return new Starting(
                new FlinkRest(flink.address(), RestLimits.DEFAULT),
                new FileStateStorage(new FolderFiles(folder)),
                () -> orphansExcluded);
    }

    private static Optional<String> burnt(Outcome.Failed failed) {
        return Optional.ofNullable(failed.evidence().facts().get("burnt"));
    }
}
