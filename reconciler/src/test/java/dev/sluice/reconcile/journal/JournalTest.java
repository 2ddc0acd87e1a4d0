// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static dev.sluice.reconcile.journal.Samples.COMMIT;
import static dev.sluice.reconcile.journal.Samples.ID;
import static dev.sluice.reconcile.journal.Samples.KEY;
import static dev.sluice.reconcile.journal.Samples.NOW;
import static dev.sluice.reconcile.journal.Samples.act;
import static dev.sluice.reconcile.journal.Samples.pointer;
import static dev.sluice.reconcile.journal.Samples.record;
import static dev.sluice.reconcile.journal.Samples.rest;
import static dev.sluice.reconcile.journal.Samples.start;
import static dev.sluice.reconcile.journal.Samples.stop;
import static dev.sluice.reconcile.journal.Samples.stopping;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.Decision;
import dev.sluice.plan.Hold;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.git.CommitInfo;
import dev.sluice.reconcile.journal.FollowedCommit.Verdict;
import dev.sluice.reconcile.journal.HistoryEntry.Result;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.StatePointer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final JobRecord STABLE = record(new Phase.Stable(ID, NOW));
    private static final Outcome DONE = new Outcome.Done(Evidence.of(pointer(1, 7)));

    @TempDir
    private Path directory;

    private Journal journal;
    private FencingToken token;

    @BeforeEach
    void open() {
        journal = Journal.open(directory);
        token = lead("one");
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void aJobNeverSeenHasAFreshRecord() {
        assertEquals(JobRecord.fresh(KEY), journal.record(KEY));
        assertEquals(List.of(), journal.records());
    }

    @Test
    void anIntentIsThereAfterAReopenWithItsRecord() {
        JobRecord next = record(stopping());

        journal.intend(token, act(next, stop()), COMMIT, NOW);
        reopen();

        assertEquals(next, journal.record(KEY));
        HistoryEntry entry = journal.history(KEY, 10).get(0);
        assertEquals(stop(), entry.step());
        assertEquals(COMMIT, entry.commit());
        assertEquals(Reason.SpecChanged, entry.motive().reason());
        assertEquals(Optional.of("p1"), entry.motive().plan());
        assertTrue(entry.isOpen());
    }

    @Test
    void anOutcomeStoresTheRecordTheFactAndThePointerTogether() {
        long intent = journal.intend(token, act(record(stopping()), stop()), COMMIT, NOW);

        journal.complete(intent, STABLE, DONE, NOW.plusSeconds(1));
        reopen();

        assertEquals(STABLE, journal.record(KEY));
        HistoryEntry entry = journal.history(KEY, 10).get(0);
        assertEquals(List.of(new Result(DONE, NOW.plusSeconds(1))), entry.outcomes());
        assertFalse(entry.isOpen());
        assertEquals(pointer(1, 7), journal.states(KEY).get(0).pointer());
    }

    @Test
    void aFailedStopStillKeepsTheSavepointItMade() {
        long intent = journal.intend(token, act(record(stopping()), stop()), COMMIT, NOW);

        Outcome failed = new Outcome.Failed(true, "sink failed", Evidence.of(pointer(1, 8)));
        journal.complete(intent, STABLE, failed, NOW);

        assertEquals(pointer(1, 8), journal.states(KEY).get(0).pointer());
    }

    @Test
    void theSameOpenStepIsTheSameIntent() {
        Decision decision = act(record(stopping()), stop());

        long first = journal.intend(token, decision, COMMIT, NOW);
        long again = journal.intend(token, decision, COMMIT, NOW.plusSeconds(1));
        journal.complete(first, STABLE, DONE, NOW);
        long after = journal.intend(token, decision, COMMIT, NOW.plusSeconds(2));

        assertEquals(first, again);
        assertNotEquals(first, after);
    }

    @Test
    void waitingForTheSameThingIsToldOnce() {
        long intent = journal.intend(token, act(record(stopping()), stop()), COMMIT, NOW);

        for (int round = 0; round < 5; round++) {
            Outcome waiting = new Outcome.Waiting(NOW.plusSeconds(round), "the savepoint");
            journal.complete(intent, record(stopping()), waiting, NOW);
        }

        assertEquals(1, journal.history(KEY, 10).get(0).outcomes().size());
    }

    @Test
    void anOldIntentsAnswerDoesNotUndoWhatCameAfter() {
        long stop = journal.intend(token, act(record(stopping()), stop()), COMMIT, NOW);
        JobRecord starting = record(new Phase.Starting(ID, Samples.from(3), NOW));
        journal.intend(token, act(starting, start(2)), COMMIT, NOW);

        journal.complete(stop, STABLE, DONE, NOW);

        assertEquals(starting, journal.record(KEY));
        assertFalse(journal.history(KEY, 10).get(1).isOpen());
    }

    @Test
    void aLaterControllersTokenEndsTheRightToIntend() {
        FencingToken other = takeOver();

        JournalException refused = assertThrows(
                JournalException.class,
                () -> journal.intend(token, act(record(stopping()), stop()), COMMIT, NOW));

        assertEquals(JournalException.Problem.LEASE_LOST, refused.problem());
        assertEquals(List.of(), journal.history(KEY, 10));
        assertEquals(JobRecord.fresh(KEY), journal.record(KEY));
        assertTrue(other.number() > token.number());
    }

    @Test
    void aLateOutcomeOfAnEarlierControllerIsKeptAsAFactOnly() {
        long intent = journal.intend(token, act(record(stopping()), stop()), COMMIT, NOW);
        takeOver();

        JournalException lost = assertThrows(
                JournalException.class, () -> journal.complete(intent, STABLE, DONE, NOW));

        assertEquals(JournalException.Problem.LEASE_LOST, lost.problem());
        assertEquals(record(stopping()), journal.record(KEY));
        assertEquals(pointer(1, 7), journal.states(KEY).get(0).pointer());
        assertFalse(journal.history(KEY, 10).get(0).isOpen());
    }

    @Test
    void aLeaderThatSleptThroughAnothersTurnMustReadAgainBeforeItActs() {
        journal.store(token, List.of(rest(STABLE, Reason.InSync)), COMMIT, NOW);
        JobRecord changed = record(new Phase.Suspended(Samples.from(5), NOW));
        try (Journal other = Journal.open(directory)) {
            FencingToken theirs = takeOver();
            other.records();
            other.store(theirs, List.of(rest(changed, Reason.Suspending)), COMMIT, NOW);
            journal.release(theirs, NOW);
        }
        FencingToken again = lead("one");
        Decision decision = act(record(stopping()), stop());

        JournalException stale = assertThrows(
                JournalException.class, () -> journal.intend(again, decision, COMMIT, NOW));

        assertEquals(JournalException.Problem.STALE, stale.problem());
        assertEquals(List.of(), journal.history(KEY, 10));
        assertEquals(List.of(changed), journal.records());
        journal.intend(again, decision, COMMIT, NOW);
        assertEquals(1, journal.history(KEY, 10).size());
    }

    @Test
    void aJobThatOnlyAnotherControllerKnowsIsReadBeforeItIsActedOn() {
        try (Journal other = Journal.open(directory)) {
            other.store(token, List.of(rest(STABLE, Reason.InSync)), COMMIT, NOW);
        }

        JournalException stale = assertThrows(
                JournalException.class,
                () -> journal.intend(token, act(record(stopping()), stop()), COMMIT, NOW));

        assertEquals(JournalException.Problem.STALE, stale.problem());
    }

    @Test
    void whatADecisionSaysIsAnEventOnlyWhenItIsNew() {
        Decision held = new Decision(
                STABLE,
                Optional.empty(),
                List.of(new Hold(Reason.ClusterUnknown, "main does not answer")),
                Reason.ClusterUnknown,
                Optional.empty());

        journal.store(token, List.of(held), COMMIT, NOW);
        journal.store(token, List.of(held), COMMIT, NOW.plusSeconds(1));
        journal.store(token, List.of(rest(STABLE, Reason.InSync)), COMMIT, NOW.plusSeconds(2));

        assertEquals(
                List.of("InSync Stable", "ClusterUnknown main does not answer"),
                journal.events(10).stream().map(e -> e.word() + " " + e.text()).toList());
        assertEquals(Reason.InSync, journal.job(KEY).orElseThrow().reason());
    }

    @Test
    void everyPointerOfARecordIsInTheLedger() {
        journal.store(token, List.of(rest(STABLE, Reason.InSync)), COMMIT, NOW);

        assertEquals(
                List.of(pointer(1, 5), pointer(1, 4), pointer(1, 3)),
                journal.states(KEY).stream().map(LedgerEntry::pointer).toList());
    }

    @Test
    void aPointerGoneStaysInTheLedgerAndAMereMentionDoesNotReviveIt() {
        journal.store(token, List.of(rest(STABLE, Reason.InSync)), COMMIT, NOW);
        StatePointer pointer = pointer(1, 4);

        journal.mark(KEY, List.of(pointer), LedgerEntry.Status.GONE, "not on storage", NOW);
        journal.store(token, List.of(rest(record(stopping()), Reason.InSync)), COMMIT, NOW);

        LedgerEntry entry = journal.states(KEY).get(1);
        assertEquals(pointer, entry.pointer());
        assertEquals(LedgerEntry.Status.GONE, entry.status());
        assertEquals("not on storage", entry.cause());
    }

    @Test
    void aWriteThatFailsHalfwayLeavesNothing() {
        JobKey other = new JobKey("shop", "test", "billing", "invoices");
        try (Journal elsewhere = Journal.open(directory)) {
            elsewhere.store(token, List.of(rest(STABLE, Reason.InSync)), COMMIT, NOW);
        }
        List<Decision> decisions = List.of(
                rest(JobRecord.fresh(other), Reason.FirstStart),
                rest(record(stopping()), Reason.SpecChanged));

        assertThrows(JournalException.class, () -> journal.store(token, decisions, COMMIT, NOW));

        assertEquals(List.of(STABLE), journal.records());
    }

    @Test
    void recordsComeByName() {
        JobKey other = new JobKey("shop", "test", "billing", "invoices");
        List<Decision> decisions = List.of(
                rest(STABLE, Reason.InSync), rest(JobRecord.fresh(other), Reason.FirstStart));

        journal.store(token, decisions, COMMIT, NOW);

        assertEquals(List.of(JobRecord.fresh(other), STABLE), journal.records());
    }

    @Test
    void theCommitInForceIsTheLastAcceptedOne() {
        CommitInfo info = new CommitInfo(
                COMMIT, "Ann <ann@example.com>", NOW, "Add orders", Optional.of("ann@example.com"));
        SpecError finding = new SpecError(
                SpecError.Severity.ERROR,
                "unknown-field",
                new SourceLocation("jobs/a/b/job.yaml", 3, 5),
                Optional.of("a/b"),
                "/naem",
                "unknown field naem",
                "did you mean name?");
        FollowedCommit good = new FollowedCommit(info, Verdict.ACCEPTED, "", List.of(finding), NOW);
        FollowedCommit bad = new FollowedCommit(info, Verdict.REFUSED, "empty", List.of(), NOW);

        journal.followed(List.of(good, bad));
        journal.intend(token, act(record(stopping()), stop()), COMMIT, NOW);

        assertEquals(Optional.of(good), journal.accepted());
        assertEquals(List.of(bad, good), journal.commits(10));
        HistoryEntry.Motive motive = journal.history(KEY, 1).get(0).motive();
        assertEquals(Optional.of(info.author()), motive.author());
        assertEquals(info.signer(), motive.signer());
        assertEquals(journal.history(KEY, 1), journal.history(1));
        assertEquals(Optional.of(bad), journal.commit(COMMIT));
    }

    @Test
    void aVerdictToldAgainIsKeptOnceAndAReturnToAnEarlierCommitIsKept() {
        FollowedCommit one = accepted("1".repeat(40));
        FollowedCommit two = accepted("2".repeat(40));

        journal.followed(List.of(one, one, two));
        journal.followed(List.of(two));
        journal.followed(List.of(one));

        assertEquals(List.of(one, two, one), journal.commits(10));
        assertEquals(Optional.of(one), journal.accepted());
    }

    private static FollowedCommit accepted(String hash) {
        CommitInfo info = new CommitInfo(new CommitId(hash), "Ann <ann@example.com>", NOW, "x");
        return new FollowedCommit(info, Verdict.ACCEPTED, "", List.of(), NOW);
    }

    @Test
    void theLatestObservationOfEachClusterIsKept() {
        ClusterObservation first =
                new ClusterObservation("main", NOW, List.of(), Optional.of("refused"));
        ClusterObservation second =
                new ClusterObservation("main", NOW.plusSeconds(1), List.of(), Optional.empty());

        journal.observed(first);
        journal.observed(second);

        assertEquals(List.of(second), journal.observations());
    }

    @Test
    void aPlanIsKeptAsItWasPrinted() {
        journal.planned("p1", COMMIT, "~ orders", NOW);
        journal.planned("p1", COMMIT, "something else", NOW);

        assertEquals(Optional.of("~ orders"), journal.plan("p1"));
        assertEquals(Optional.empty(), journal.plan("p2"));
    }

    private FencingToken lead(String owner) {
        Leadership leading = journal.acquire(owner, Duration.ofMinutes(1), NOW);
        return ((Leadership.Leading) leading).token();
    }

    private FencingToken takeOver() {
        journal.release(token, NOW);
        return lead("two");
    }

    private void reopen() {
        journal.close();
        journal = Journal.open(directory);
    }
}
