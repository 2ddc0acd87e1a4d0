// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.Claim;
import dev.sluice.drive.OwnerMark;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.StopRequest;
import dev.sluice.spec.EarlierAttempts;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.Proof.Verdict;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every driver promises, whatever the runtime. A driver's test extends it. */
public abstract class DriverContract {
    /** A tag: state lost or a job run twice is what this claim looks for; played wherever it can be. */
    private static final String PROMISE = "promise";

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final RestoreFrom EMPTY = new RestoreFrom.Empty("first start");

    /** A world that is usable now; other tests may have used it before with other job names. */
    protected abstract DriverWorld world();

    @Test
    void stoppingTwiceWithOneTriggerGivesOneSavepoint() {
        SampleJob job = running("stop-twice");
        StopRequest request = Requests.stop(job, 1, 1);

        StatePointer first = pointer(stop(request));
        StatePointer second = pointer(stop(request));

        assertEquals(first.path(), second.path());
        assertEquals(List.of(first.path()), savepoints(job));
        assertEquals(1, first.attempt());
    }

    @Test
    @Tag(PROMISE)
    void startingTwiceGivesOneJob() {
        SampleJob job = running("start-twice");

        Outcome again = start(Requests.start(job, 1, EMPTY));

        assertEquals(Outcome.Done.class, again.getClass(), again::toString);
        assertEquals(1, listed(job, 1).size());
    }

    @Test
    @Tag(PROMISE)
    void nothingIsStartedBesideAnAttemptThatShouldHaveEndedOfThisJobOrItsFormerSelf() {
        SampleJob job = running("company");
        SampleJob renamed = staged("company-renamed");
        EarlierAttempts former = new EarlierAttempts(job.key(), 1, Optional.empty());

        Outcome later = world().driver().start(Requests.start(job, 3, EMPTY));
        Outcome heir = Settling.until(
                PATIENCE,
                () -> world().driver().start(Requests.start(renamed, 2, EMPTY, former)),
                outcome -> !(outcome instanceof Outcome.Waiting));

        assertEquals(Outcome.Unknown.class, later.getClass(), later::toString);
        assertEquals(Outcome.Unknown.class, heir.getClass(), heir::toString);
        assertEquals(List.of(), listed(job, 3));
        assertEquals(List.of(), listed(renamed, 2));
    }

    @Test
    @Tag(PROMISE)
    void aStopWhoseAnswerWasLostIsFoundAgain() {
        SampleJob job = running("lost-stop");
        StopRequest request = Requests.stop(job, 1, 1);
        world().driver().stopWithSavepoint(request);

        world().restartController();
        StatePointer found = pointer(stop(request));

        assertEquals(List.of(found.path()), savepoints(job));
    }

    @Test
    @Tag(PROMISE)
    void aSavepointIsFoundOnStorageWhenJobManagerAndControllerHaveForgottenIt() {
        SampleJob job = running("forgotten-stop");
        StopRequest request = Requests.stop(job, 1, 1);
        StatePointer first = pointer(stop(request));

        world().killJobManager();
        world().restartController();
        StatePointer found = pointer(stop(request));

        assertEquals(first.path(), found.path());
        assertEquals(first.checkpointId(), found.checkpointId());
    }

    @Test
    @Tag(PROMISE)
    void aStartFromMissingStateIsRefusedAndStartsNothing() {
        SampleJob job = staged("missing-state");
        StatePointer missing = new StatePointer(
                StatePointer.Kind.SAVEPOINT,
                "file:/nowhere/savepoint-1",
                JobId.of(job.key(), 1),
                1,
                1,
                Instant.EPOCH,
                job.flinkVersion());

        Outcome outcome = start(Requests.start(job, 2, new RestoreFrom.State(missing)));

        Outcome.Failed failed = failed(outcome);
        assertFalse(failed.retryable());
        assertTrue(failed.cause().contains("file:/nowhere/savepoint-1"), failed::cause);
        assertTrue(
                listed(job, 2).stream().allMatch(live -> live.status().isGloballyTerminal()),
                "something was started");
    }

    @Test
    void aDirectoryThatCannotBeWrittenLeavesTheJobRunning() {
        SampleJob job = running("unwritable");
        StopRequest request = Requests.stop(job, 1, 1);
        world().blockDirectory(request.directory());

        Outcome.Failed failed = failed(stop(request));

        assertTrue(failed.retryable());
        assertEquals("RUNNING", failed.evidence().facts().get("state"));
        assertEquals(Outcome.Done.class, stop(Requests.stop(job, 1, 2)).getClass());
    }

    @Test
    void aRunningJobIsPresentAndAStoppedOneAbsent() {
        SampleJob job = running("absence");

        Proof before = world().driver().proveAbsent(Requests.prove(job, 1));
        stop(Requests.stop(job, 1, 1));
        Proof after = world().driver().proveAbsent(Requests.prove(job, 1));

        assertEquals(Verdict.PRESENT, before.verdict(), before::toString);
        assertEquals(Verdict.ABSENT, after.verdict(), after::toString);
    }

    @Test
    @Tag(PROMISE)
    void aJobThatTheJobManagerForgotIsProvenAbsentAndGoesOnFromItsCheckpoint() {
        SampleJob job = running("forgotten-job");
        world().advance(job, 1);

        world().killJobManager();
        Settling.until(
                PATIENCE,
                () -> world().driver().proveAbsent(Requests.prove(job, 1)),
                proof -> proof.verdict() == Verdict.ABSENT);
        StatePointer newest =
                world().driver().discoverState(Requests.discover(job, 1)).get(0);
        Outcome outcome = start(Requests.start(job, 2, new RestoreFrom.State(newest)));

        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
        assertEquals(Optional.of(newest.path()), restored(job, 2));
    }

    @Test
    void anAttemptThatRanIsNotStartedAgainFromOlderState() {
        SampleJob job = running("ran-before");
        world().advance(job, 1);

        world().killJobManager();
        world().restartController();
        Outcome.Failed failed = failed(start(Requests.start(job, 1, EMPTY)));

        assertEquals(id(job, 1), failed.evidence().facts().get("ran"));
        assertTrue(failed.evidence().pointer().isPresent());
    }

    @Test
    void aCancelledJobLeavesItsCheckpoint() {
        SampleJob job = running("cancel");
        world().advance(job, 1);

        Outcome outcome = Settling.settle(() -> world().driver().cancel(Requests.cancel(job, 1)));

        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
        StatePointer newest =
                world().driver().discoverState(Requests.discover(job, 1)).get(0);
        assertEquals(StatePointer.Kind.CHECKPOINT, newest.kind());
    }

    @Test
    void stateThatDoesNotFitBurnsTheIdAndStaysUsable() {
        SampleJob job = running("burnt");
        StatePointer saved = pointer(stop(Requests.stop(job, 1, 1)));
        RestoreFrom from = new RestoreFrom.State(saved);
        SampleJob changed = world().incompatible(job);

        Outcome.Failed refused = refusal(Requests.start(changed, 2, from));
        Outcome.Failed again = failed(start(Requests.start(changed, 2, from)));
        Outcome back = start(Requests.start(job, 3, from));

        assertFalse(refused.retryable());
        assertEquals(id(job, 2), refused.evidence().facts().get("burnt"));
        assertEquals(id(job, 2), again.evidence().facts().get("burnt"));
        assertEquals(Outcome.Done.class, back.getClass(), back::toString);
        assertEquals(Optional.of(saved.path()), restored(job, 3));
    }

    @Test
    void anUnknownVersionIsRefusedBeforeAnythingIsStopped() {
        SampleJob job = world().job("version");
        SampleJob old = new SampleJob(job.key(), "0.9", job.sql(), 1, job.placement());

        Outcome.Failed failed = failed(world().driver().stage(Requests.stage(old)));

        assertFalse(failed.retryable());
        assertTrue(failed.cause().contains("0.9"), failed::cause);
    }

    @Test
    void aPointerSeenWhileRunningCarriesItsAttempt() {
        SampleJob job = running("detail");
        world().advance(job, 1);

        LiveJob live = listed(job, 1).get(0);

        assertEquals(1, live.detail().get().latestCompleted().get().attempt());
        assertTrue(live.detail().get().completedCheckpoints() > 0);
        assertEquals(job.parallelism(), live.parallelism());
    }

    @Test
    void anotherParallelismChangesTheRunningJobOnceOrIsRefusedForGood() {
        SampleJob job = running("rescale");
        LiveJob before = awaitRunning(job, 1);
        int wider = job.parallelism() + 1;

        Outcome first = world().driver().rescale(Requests.rescale(job, 1, 2, wider));
        world().restartController();
        Outcome again = world().driver().rescale(Requests.rescale(job, 1, 2, wider));

        if (!world().isAdaptive()) {
            assertFalse(failed(first).retryable());
            assertFalse(failed(again).retryable());
        }
        int expected = world().isAdaptive() ? wider : job.parallelism();
        LiveJob after = awaitRunning(job, 1, expected);
        world().advance(job, 1);
        assertEquals(world().isAdaptive(), again instanceof Outcome.Done, again::toString);
        assertEquals(before.startedAt(), after.startedAt());
    }

    @Test
    void aClusterThatOtherJobsUseIsNotEndedForOne() {
        SampleJob job = running("not-ended");

        Outcome ended = world().driver().endCluster(Requests.end(job, 1));

        if (world().isShared()) {
            assertFalse(failed(ended).retryable());
            awaitRunning(job, 1);
        } else {
            assertEquals(Outcome.Done.class, ended.getClass(), ended::toString);
            Settling.until(
                    PATIENCE,
                    () -> world().driver().proveAbsent(Requests.prove(job, 1)),
                    proof -> proof.verdict() == Verdict.ABSENT);
        }
    }

    @Test
    void theJobsOfAnEnvironmentAreTheFirstAskersAlone() {
        OwnerMark first = mark("journal-1");
        OwnerMark second = mark("journal-2");

        Claim granted = world().driver().claim(first);
        world().restartController();
        Claim again = world().driver().claim(first);
        Claim refused = world().driver().claim(second);

        assertEquals(new Claim.Held(), granted);
        assertEquals(new Claim.Held(), again);
        assertEquals(Claim.Other.class, refused.getClass(), refused::toString);
        assertEquals(first, ((Claim.Other) refused).owner());
    }

    @Test
    void noTwoOwnersMayAdoptOneJob() {
        SampleJob job = running("two-adopters");
        LiveJob live = listed(job, 1).get(0);

        world().driver().claim(mark("journal-1"), live);
        Claim second = world().driver().claim(mark("journal-2"), live);

        assertFalse(second instanceof Claim.Held, second::toString);
    }

    /** Of an environment that no job of these tests is in. */
    private static OwnerMark mark(String journal) {
        return new OwnerMark("repo", "owners", journal, "host:/data/" + journal, Instant.EPOCH);
    }

    private SampleJob staged(String name) {
        SampleJob job = world().job(name);
        Outcome outcome = Settling.settle(() -> world().driver().stage(Requests.stage(job)));
        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
        return job;
    }

    private SampleJob running(String name) {
        SampleJob job = staged(name);
        Outcome outcome = start(Requests.start(job, 1, EMPTY));
        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
        awaitRunning(job, 1);
        return job;
    }

    private Outcome start(StartRequest request) {
        return Settling.settle(() -> world().driver().start(request));
    }

    /** The adaptive scheduler looks at the state only after it has accepted the job. */
    private Outcome.Failed refusal(StartRequest request) {
        return failed(
                world().isAdaptive()
                        ? Settling.until(
                                PATIENCE,
                                () -> start(request),
                                outcome -> outcome instanceof Outcome.Failed)
                        : start(request));
    }

    private Outcome stop(StopRequest request) {
        return Settling.settle(() -> world().driver().stopWithSavepoint(request));
    }

    private Optional<String> restored(SampleJob job, int attempt) {
        return awaitRunning(job, attempt).detail().get().restoredPath();
    }

    private LiveJob awaitRunning(SampleJob job, int attempt) {
        List<LiveJob> jobs = Settling.until(
                PATIENCE,
                () -> listed(job, attempt),
                seen -> seen.size() == 1 && seen.get(0).detail().get().allVerticesRunning());
        return jobs.get(0);
    }

    private LiveJob awaitRunning(SampleJob job, int attempt, int parallelism) {
        return Settling.until(
                PATIENCE,
                () -> awaitRunning(job, attempt),
                live -> live.parallelism() == parallelism);
    }

    private List<LiveJob> listed(SampleJob job, int attempt) {
        JobId id = JobId.of(job.key(), attempt);
        return world().driver().observe(Map.of(id, attempt)).jobs().stream()
                .filter(live -> live.id().equals(id))
                .toList();
    }

    private List<String> savepoints(SampleJob job) {
        return world().driver().discoverState(Requests.discover(job, 1)).stream()
                .filter(pointer -> pointer.kind() == StatePointer.Kind.SAVEPOINT)
                .map(StatePointer::path)
                .toList();
    }

    private static String id(SampleJob job, int attempt) {
        return JobId.of(job.key(), attempt).hex();
    }

    private static StatePointer pointer(Outcome outcome) {
        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
        return ((Outcome.Done) outcome).evidence().pointer().orElseThrow();
    }

    private static Outcome.Failed failed(Outcome outcome) {
        assertEquals(Outcome.Failed.class, outcome.getClass(), outcome::toString);
        return (Outcome.Failed) outcome;
    }
}
