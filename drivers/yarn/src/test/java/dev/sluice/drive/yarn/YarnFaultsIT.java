// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.StageRequest;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.SampleJob.Placement;
import dev.sluice.drive.contract.Settling;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobId;
import dev.sluice.spec.Resources.Process;
import dev.sluice.spec.RuntimeOptions;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof.Verdict;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of jobs when parts of a real YARN fail or have no room for them. */
@Tag("long")
@TestInstance(Lifecycle.PER_CLASS)
class YarnFaultsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final RestoreFrom EMPTY = new RestoreFrom.Empty("first start");

    private YarnWorld world;

    /** YARN takes a node for lost after seconds, and remembers applications when it is restarted. */
    @BeforeAll
    void open(@TempDir Path directory) throws Exception {
        world = new YarnWorld(
                directory,
                "1.20",
                Map.of(
                        "yarn.cluster.max-application-priority",
                        "10",
                        "yarn.nm.liveness-monitor.expiry-interval-ms",
                        "8000",
                        "yarn.node-labels.enabled",
                        "true",
                        "yarn.resourcemanager.recovery.enabled",
                        "true",
                        "yarn.resourcemanager.store.class",
                        "org.apache.hadoop.yarn.server.resourcemanager.recovery"
                                + ".FileSystemRMStateStore",
                        "yarn.resourcemanager.fs.state-store.uri",
                        directory.resolve("applications").toUri().toString()),
                // TaskManagers wait for a master that is frozen while YARN is restarted.
                Map.of("heartbeat.timeout", "10 min"));
    }

    /** Whatever a test left of it, the next one finds a whole YARN. */
    @AfterEach
    void clear() throws IOException {
        world.thaw();
        world.hadoop().revive();
        world.hadoop().unlabel();
        world.clear();
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void aRestartedResourceManagerIsUnknownAndTheJobIsFoundAgainAfterwards() throws IOException {
        SampleJob job = running("rm-restart");

        world.hadoop().killResourceManager();
        ClusterObservation away = world.driver().observe(Map.of());
        Verdict verdict = world.driver().proveAbsent(Requests.prove(job, 1)).verdict();
        Outcome meanwhile = world.driver().start(Requests.start(job, 1, EMPTY));
        Outcome next = world.driver().start(Requests.start(job, 2, EMPTY));
        world.hadoop().revive();

        assertTrue(away.unreachable().isPresent());
        assertEquals(List.of(), away.jobs());
        assertEquals(Verdict.UNKNOWN, verdict);
        assertEquals(Outcome.Unknown.class, meanwhile.getClass(), meanwhile::toString);
        assertEquals(Outcome.Unknown.class, next.getClass(), next::toString);
        assertEquals(JobStatus.RUNNING, awaitStatus(job, 1, JobStatus.RUNNING).status());
        start(job, 1, EMPTY);
        assertEquals(1, world.applications(job).size(), "nothing was submitted again");
        world.advance(job, 1);
    }

    @Test
    void aMasterThatARestartedResourceManagerHasNotHeardOfYetIsNotKilledAndProvesNothing()
            throws IOException {
        SampleJob apart = running(world.job("apart"));
        SampleJob shared = running(shared("together"));
        SampleJob later = shared("later");

        int frozen = world.freeze();
        world.hadoop().killResourceManager();
        world.hadoop().revive();
        List<Application.State> states = List.of(
                world.applications(apart).get(0).state(),
                world.sessions().get(0).state());
        List<Verdict> verdicts = List.of(proven(apart), proven(shared));
        List<Outcome> tried = List.of(
                world.driver().stopWithSavepoint(Requests.stop(apart, 1, 1)),
                world.driver().stopWithSavepoint(Requests.stop(shared, 1, 1)),
                world.driver().start(Requests.start(apart, 2, EMPTY)),
                world.driver().start(Requests.start(shared, 2, EMPTY)),
                world.driver().start(Requests.start(later, 1, EMPTY)));
        world.thaw();

        assertTrue(frozen >= 2, () -> "the masters of both: " + frozen);
        assertEquals(List.of(Application.State.ACCEPTED, Application.State.ACCEPTED), states);
        assertEquals(List.of(Verdict.PRESENT, Verdict.UNKNOWN), verdicts);
        tried.forEach(outcome ->
                assertEquals(Outcome.Unknown.class, outcome.getClass(), outcome::toString));
        awaitStatus(apart, 1, JobStatus.RUNNING);
        awaitStatus(shared, 1, JobStatus.RUNNING);
        assertStopsWithSavepoint(apart);
        assertStopsWithSavepoint(shared);
        start(later, 1, EMPTY);
        assertEquals(1, world.applications(apart).size(), "nothing was submitted again");
        assertEquals(1, world.sessions().size(), "no other session cluster was made");
    }

    @Test
    void aJobOfALostNodeIsNeitherHereNorGoneUntilYarnSaysSo() throws IOException {
        SampleJob job = running("node-lost");
        world.advance(job, 1);

        world.hadoop().killNode();
        Verdict early = world.driver().proveAbsent(Requests.prove(job, 1)).verdict();
        Outcome next = world.driver().start(Requests.start(job, 2, EMPTY));
        Settling.until(
                PATIENCE,
                () -> world.applications(job).get(0).state(),
                // It may have failed at once, or its second master waits for a node and ends there.
                state -> state != Application.State.RUNNING);
        world.hadoop().revive();
        LiveJob failed = awaitStatus(job, 1, JobStatus.FAILED);

        assertFalse(early == Verdict.ABSENT, "YARN still holds the application for running");
        assertEquals(Outcome.Unknown.class, next.getClass(), next::toString);
        assertTrue(failed.detail().get().rootCause().get().contains("FAILED"), failed::toString);
        assertEquals(1, world.applications(job).size());
        assertCheckpointIsKnown(job);
    }

    @Test
    void aKilledMasterIsAFailedJobWhoseCheckpointIsKnown() {
        SampleJob job = running("master");
        world.advance(job, 1);

        world.killJobManager();
        LiveJob failed = awaitStatus(job, 1, JobStatus.FAILED);

        assertTrue(failed.webUrl().isPresent(), "YARN's page of the master's logs");
        Settling.until(
                PATIENCE,
                () -> awaitStatus(job, 1, JobStatus.FAILED)
                        .detail()
                        .get()
                        .rootCause()
                        .get(),
                cause -> cause.contains("its log is in "));
        // At once, unless a node that an earlier test took away is still listed as lost.
        Settling.until(
                PATIENCE,
                () -> world.driver().proveAbsent(Requests.prove(job, 1)).verdict(),
                Verdict.ABSENT::equals);
        assertCheckpointIsKnown(job);
    }

    @Test
    void anApplicationKilledByHandIsACancelledJobWhoseCheckpointIsKnown() {
        SampleJob job = running("by-hand");
        world.advance(job, 1);

        world.kill(world.applications(job).get(0).id());
        LiveJob seen = awaitStatus(job, 1, JobStatus.CANCELED);

        assertTrue(seen.detail().get().rootCause().get().contains("KILLED"), seen::toString);
        assertCheckpointIsKnown(job);
    }

    @Test
    void anApplicationThatItsQueueHasNoRoomForWaitsAndCanBeCancelled() {
        SampleJob job =
                placed("queue", Process.UNSET, options(Map.of("queue", "narrow", "priority", "3")));

        Outcome taken = world.driver().start(Requests.start(job, 1, EMPTY));
        Outcome waiting = Settling.until(
                PATIENCE,
                () -> world.driver().start(Requests.start(job, 1, EMPTY)),
                outcome -> outcome.toString().contains("ACCEPTED"));
        LiveJob seen = awaitStatus(job, 1, JobStatus.INITIALIZING);
        String told = world.hadoop().application(world.applications(job).get(0).id());
        Settling.settle(() -> world.driver().cancel(Requests.cancel(job, 1)));

        assertEquals(Outcome.Waiting.class, taken.getClass(), taken::toString);
        assertTrue(((Outcome.Waiting) waiting).what().contains("queue narrow"), waiting::toString);
        assertTrue(seen.detail().get().rootCause().isPresent(), "why it waits");
        assertTrue(told.contains("\"priority\":3"), told);
        assertEquals(0, living(job));
        assertEquals(1, world.applications(job).size());
    }

    @Test
    void aSessionClusterWaitsInTheQueueThatItsDeclarationNames() {
        SampleJob job = placed("crowd", Placement.in("narrow"));

        Outcome waiting = Settling.until(
                PATIENCE,
                () -> world.driver().start(Requests.start(job, 1, EMPTY)),
                outcome -> outcome.toString().contains("ACCEPTED"));

        assertTrue(((Outcome.Waiting) waiting).what().contains("queue narrow"), waiting::toString);
        assertEquals(1, world.sessions().size());
    }

    @Test
    void aMasterThatNoNodeHasMemoryForIsRefusedForGood() {
        Process huge = new Process(Optional.of("100g"), Optional.empty());
        SampleJob job = placed("memory", huge, RuntimeOptions.NONE);

        Outcome refused =
                Settling.settle(() -> world.driver().start(Requests.start(job, 1, EMPTY)));

        assertFalse(((Outcome.Failed) refused).retryable(), refused::toString);
        assertEquals(List.of(), world.applications(job));
    }

    @Test
    void aLabelThatNoNodeHasIsRefusedForGood() {
        SampleJob job = placed("label", Process.UNSET, options(Map.of("nodeLabel", "gpu")));

        Outcome refused =
                Settling.settle(() -> world.driver().start(Requests.start(job, 1, EMPTY)));

        assertFalse(((Outcome.Failed) refused).retryable(), refused::toString);
        assertEquals(0, living(job));
    }

    @Test
    void aQueueOrLabelThatIsNotThereIsToldBeforeAnythingIsStopped() {
        world.hadoop().label("quick");
        Outcome queue = staged("no-queue", Map.of("queue", "wide"));
        Outcome label = staged("no-label", Map.of("nodeLabel", "gpu"));
        Outcome known = staged("known", Map.of("queue", "narrow", "nodeLabel", "quick"));

        String queues = "'wide' for applications; it has [root.default, root.narrow]";
        assertFalse(((Outcome.Failed) queue).retryable(), queue::toString);
        assertTrue(queue.toString().contains(queues), queue::toString);
        assertTrue(label.toString().contains("'gpu'; it has [quick]"), label::toString);
        assertFalse(known instanceof Outcome.Failed, known::toString);
    }

    @Test
    void aVersionThatWouldNotStartIsToldBeforeAnythingIsStopped() {
        SampleJob job = world.job("staged");
        start(job, 1, EMPTY);
        awaitStatus(job, 1, JobStatus.RUNNING);
        world.advance(job, 1);

        Outcome same = after(job);
        Outcome misfit = after(world.incompatible(job));
        Outcome mistyped = after(job.withSql(job.sql().replace("FROM", "FORM")));
        Outcome unconnected = after(job.withSql(job.sql().replace("'blackhole'", "'kafka'")));

        assertEquals(Outcome.Done.class, same.getClass(), same::toString);
        assertTrue(same.toString().contains("has no uid"), same::toString);
        assertHeld(misfit, "the state of the job does not fit its new graph: the state of");
        assertHeld(mistyped, "job.sql:6:58: ");
        assertHeld(unconnected, "'kafka'");
        assertEquals(1, living(job));
    }

    private Outcome after(SampleJob job) {
        StageRequest request = new StageRequest(job.effective().spec(), Optional.empty(), 1, false);
        return Settling.settle(() -> world.driver().stage(request));
    }

    private static void assertHeld(Outcome outcome, String words) {
        Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, outcome, outcome::toString);
        assertFalse(failed.retryable(), failed::cause);
        assertTrue(failed.cause().contains(words), failed::cause);
    }

    private Outcome staged(String name, Map<String, String> yarn) {
        SampleJob job = placed(name, Process.UNSET, options(yarn));
        return world.driver().stage(Requests.stage(job));
    }

    @Test
    void anApplicationRunsOnTheNodesOfItsLabel() {
        SampleJob job = placed("labelled", Process.UNSET, options(Map.of("nodeLabel", "quick")));

        world.hadoop().label("quick");
        start(job, 1, EMPTY);
        awaitStatus(job, 1, JobStatus.RUNNING);
        String told = world.hadoop().application(world.applications(job).get(0).id());

        assertTrue(told.contains("\"appNodeLabelExpression\":\"quick\""), told);
        assertTrue(told.contains("\"amNodeLabelExpression\":\"quick\""), told);
    }

    @Test
    void aShippedFileLiesInTheFolderOfEachContainer() throws Exception {
        String file = world.put("files/rules.json", "{}");
        SampleJob job = placed("shipped", Process.UNSET, options(Map.of("shipFiles.0", file)));

        start(job, 1, EMPTY);
        awaitStatus(job, 1, JobStatus.RUNNING);
        List<Path> found =
                world.hadoop().containerFiles(world.applications(job).get(0).id(), "rules.json");

        assertEquals(2, found.size(), found::toString);
    }

    private Verdict proven(SampleJob job) {
        return world.driver().proveAbsent(Requests.prove(job, 1)).verdict();
    }

    private void assertStopsWithSavepoint(SampleJob job) {
        Outcome stopped =
                Settling.settle(() -> world.driver().stopWithSavepoint(Requests.stop(job, 1, 1)));
        Optional<StatePointer> pointer = ((Outcome.Done) stopped).evidence().pointer();
        assertEquals(
                StatePointer.Kind.SAVEPOINT, pointer.map(StatePointer::kind).orElseThrow());
    }

    private static RuntimeOptions options(Map<String, String> yarn) {
        return new RuntimeOptions(new TreeMap<>(), new TreeMap<>(yarn));
    }

    private SampleJob placed(String name, Process jobManager, RuntimeOptions runtime) {
        return placed(
                name,
                new Placement(
                        FlinkTarget.Mode.APPLICATION,
                        jobManager,
                        Process.UNSET,
                        new TreeMap<>(),
                        runtime));
    }

    private SampleJob shared(String name) {
        return placed(name, Placement.in("shared"));
    }

    private SampleJob placed(String name, Placement placement) {
        SampleJob plain = world.job(name);
        return new SampleJob(
                plain.key(), plain.flinkVersion(), plain.sql(), plain.parallelism(), placement);
    }

    /** A controller that starts the attempt again is given the newest checkpoint instead. */
    private void assertCheckpointIsKnown(SampleJob job) {
        Outcome again = Settling.settle(() -> world.driver().start(Requests.start(job, 1, EMPTY)));
        Optional<StatePointer> pointer = ((Outcome.Failed) again).evidence().pointer();
        assertEquals(
                StatePointer.Kind.CHECKPOINT, pointer.map(StatePointer::kind).orElseThrow());
    }

    private SampleJob running(String name) {
        return running(world.job(name));
    }

    private SampleJob running(SampleJob job) {
        start(job, 1, EMPTY);
        Settling.until(
                PATIENCE,
                () -> listed(job, 1),
                seen -> seen.size() == 1 && seen.get(0).detail().get().allVerticesRunning());
        return job;
    }

    private void start(SampleJob job, int attempt, RestoreFrom from) {
        Outcome outcome =
                Settling.settle(() -> world.driver().start(Requests.start(job, attempt, from)));
        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
    }

    private LiveJob awaitStatus(SampleJob job, int attempt, JobStatus status) {
        return Settling.until(
                        PATIENCE,
                        () -> listed(job, attempt),
                        seen -> seen.size() == 1 && seen.get(0).status() == status)
                .get(0);
    }

    private List<LiveJob> listed(SampleJob job, int attempt) {
        JobId id = JobId.of(job.key(), attempt);
        return world.driver().observe(Map.of(id, attempt)).jobs().stream()
                .filter(live -> live.id().equals(id))
                .toList();
    }

    private long living(SampleJob job) {
        return world.applications(job).stream()
                .filter(application -> !application.state().isFinal())
                .count();
    }
}
