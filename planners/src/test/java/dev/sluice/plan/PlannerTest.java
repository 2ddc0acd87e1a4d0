// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.EarlierAttempts;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.TriggerId;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final EffectiveJob JOB = Specs.job(1, Specs.spec(Map.of("sql", "v1")));

    private static final RestoreFrom.State SAVED =
            new RestoreFrom.State(Seeing.pointer("sp-old", 2, NOW));

    private static final JobKey OLD = new JobKey("shop", "test", "payments", "old-orders");
    private static final EffectiveJob RAN = Specs.job(1, Specs.spec(OLD, Map.of("cluster", "old")));
    private final Planner planner = new Planner();

    @Test
    void aJobThatIsAsGitWantsKeepsItsRecordObject() {
        JobRecord record = stable();

        Decision decision = planner.decide(wish(JOB), record, running(), NOW);

        assertSame(record, decision.next());
        assertEquals(Optional.empty(), decision.step());
        assertEquals(List.of(), decision.holds());
    }

    @Test
    void aLaterCommitThatSaysTheSameOfTheJobPlansNothing() {
        JobRecord record = stable();
        EffectiveJob later =
                new EffectiveJob(JOB.spec(), Specs.commit(7), JOB.digest(), "elsewhere/job.yaml");

        Decision decision = planner.decide(wish(later), record, running(), NOW);

        assertSame(record, decision.next());
        assertEquals(Optional.empty(), decision.step());
    }

    @Test
    void equalArgumentsGiveEqualDecisions() {
        EffectiveJob changed = Specs.job(2, Specs.spec(Map.of("sql", "v2")));

        assertEquals(
                planner.decide(wish(changed), stable(), running(), NOW),
                planner.decide(wish(changed), stable(), running(), NOW));
    }

    @Test
    void theCommitThatStartedAJobStaysWhenALaterOneNeedsNoRestart() {
        EffectiveJob owned = Specs.job(2, Specs.spec(Map.of("sql", "v1", "owner", "other")));
        JobRecord record = JobRecord.fresh(Specs.ORDERS)
                .starting(JOB, new RestoreFrom.Empty("first start"), NOW);
        JobRecord up =
                record.seenRunning(NOW).stable(new Phase.Stable(JobId.of(record.key(), 1), NOW));

        Decision decision = planner.decide(wish(owned), up, running(), NOW.plusSeconds(1));

        assertEquals(Optional.of(owned), decision.next().deployed());
        assertEquals(Optional.of(JOB.commit()), decision.next().notes().startedBy());
    }

    @Test
    void anOutcomeThatFitsNoPhaseChangesNothing() {
        JobRecord record = stable();
        Step.Start late = new Step.Start(
                JOB,
                1,
                JobId.of(record.key(), 1),
                new RestoreFrom.Empty("first start"),
                List.of(),
                Optional.empty());

        JobRecord next =
                planner.absorb(record, late, new Outcome.Failed(true, "late", Evidence.NONE), NOW);

        assertSame(record, next);
    }

    @Test
    void theOutcomeOfAnEarlierTryChangesNothing() {
        JobRecord stopping = planner.decide(
                        wish(Specs.job(2, Specs.spec(Map.of("sql", "v2")))),
                        staged(stable()),
                        running(),
                        NOW)
                .next();
        Phase.Stopping phase = (Phase.Stopping) stopping.phase();
        Step.StopWithSavepoint earlier = new Step.StopWithSavepoint(
                JOB,
                1,
                JobId.of(Specs.ORDERS, 1),
                TriggerId.of(Specs.ORDERS, 1, phase.plan(), 99),
                phase.directory(),
                phase.format());

        JobRecord next = planner.absorb(stopping, earlier, new Outcome.Done(Evidence.NONE), NOW);

        assertSame(stopping, next);
    }

    @Test
    void aProofOfEarlierAttemptsSaysNothingOfTheOneThatRunsNow() {
        JobRecord later = stable().attemptAtLeast(2);
        Step.ProveAbsent earlier = new Step.ProveAbsent(JOB, 1, List.of(JobId.of(Specs.ORDERS, 1)));

        JobRecord next = planner.absorb(later, earlier, new Outcome.Done(Evidence.NONE), NOW);

        assertSame(later, next);
    }

    @Test
    void anHeirAsksForTheAttemptsOfTheOldKeyWhereTheyRan() {
        EffectiveJob heir = Specs.job(
                2, Specs.spec(Map.of("cluster", "new", "formerly", "payments/old-orders")));

        Decision decision = inheriting(heir, JobRecord.fresh(Specs.ORDERS));

        assertEquals(Optional.of(proofOfOld()), decision.step());
    }

    @Test
    void anHeirAsksForThemAlsoWhenGitNoLongerNamesTheOldKey() {
        JobRecord record = inheriting(
                        Specs.job(2, Specs.spec(Map.of("formerly", "payments/old-orders"))),
                        JobRecord.fresh(Specs.ORDERS))
                .next();

        Decision decision = inheriting(Specs.job(3, Specs.spec(Map.of())), record);

        assertEquals(Optional.of(OLD), decision.next().heirOf());
        assertEquals(Optional.of(proofOfOld()), decision.step());
    }

    @Test
    void aStartNamesWhatWasProvenAbsentAndSoDoesEachRepetitionAndTheNextAttempt() {
        EarlierAttempts former = new EarlierAttempts(OLD, 2, Optional.empty());
        EffectiveJob heir = Specs.job(2, Specs.spec(Map.of("formerly", "payments/old-orders")));
        JobRecord proving = inheriting(heir, JobRecord.fresh(Specs.ORDERS)).next();
        JobRecord stopped =
                planner.absorb(proving, proofOfOld(), new Outcome.Done(Evidence.NONE), NOW);

        Decision first = inheriting(heir, stopped);
        Decision again = inheriting(heir, first.next());
        JobRecord refused = planner.absorb(
                again.next(),
                again.step().orElseThrow(),
                new Outcome.Failed(true, "no", Evidence.of("burnt", "yes")),
                NOW);
        Decision next = inheriting(
                heir, refused.in(new Phase.Stopped(SAVED, NOW)).with(staged(refused, heir)));

        assertEquals(
                List.of(new EarlierAttempts(Specs.ORDERS, 2, Optional.empty()), former),
                earlier(first));
        assertEquals(first.step(), again.step());
        assertEquals(
                List.of(new EarlierAttempts(Specs.ORDERS, 3, Optional.empty()), former),
                earlier(next));
    }

    @Test
    void aFirstStartNamesWhatALostJournalMayHaveKnown() {
        Decision start = planner.decide(
                wish(JOB),
                JobRecord.fresh(Specs.ORDERS)
                        .in(new Phase.Stopped(new RestoreFrom.Empty("first start"), NOW))
                        .with(Notes.NONE.staged(JOB.digest())),
                new Observed.NotListed(NOW, List.of()),
                NOW);

        assertEquals(
                List.of(new EarlierAttempts(Specs.ORDERS, Limits.LOOK_AHEAD, Optional.empty())),
                earlier(start));
    }

    private static List<EarlierAttempts> earlier(Decision decision) {
        return ((Step.Start) decision.step().orElseThrow()).earlier();
    }

    private static Notes staged(JobRecord record, EffectiveJob job) {
        return record.notes().renewed().staged(job.digest());
    }

    private static Step proofOfOld() {
        return new Step.ProveAbsent(RAN, 2, List.of(JobId.of(OLD, 2), JobId.of(OLD, 1)));
    }

    private Decision inheriting(EffectiveJob heir, JobRecord record) {
        JobRecord old = JobRecord.fresh(OLD)
                .attemptAtLeast(2)
                .deployed(RAN)
                .in(new Phase.Suspended(SAVED, NOW))
                .learned(SAVED.pointer());
        return planner.decide(
                wish(heir),
                record.with(record.notes().staged(heir.digest())),
                new Observed.NotListed(NOW, List.of()),
                new Surroundings(
                        Optional.empty(),
                        Optional.of(old),
                        new Adoptable.Unseen(),
                        List.of(),
                        Surroundings.QUIET.headroom()),
                NOW);
    }

    @Test
    void aSearchOfEarlierAttemptsIsNoSearchForTheStateOfALaterOne() {
        JobRecord later = stable().attemptAtLeast(2)
                .in(new Phase.Recovering(Reason.Recovering, true, Optional.empty(), NOW));
        Step.DiscoverState earlier = new Step.DiscoverState(JOB, 1, Optional.empty());

        JobRecord next = planner.absorb(later, earlier, new Outcome.Done(Evidence.NONE), NOW);

        assertSame(later, next);
    }

    @Test
    void aFailedSavepointIsTriedAgainUnderANewIdInANewDirectory() {
        Desired wish = wish(Specs.job(2, Specs.spec(Map.of("sql", "v2"))));
        Decision first = planner.decide(wish, staged(stable()), running(), NOW);
        Step.StopWithSavepoint tried = (Step.StopWithSavepoint) first.step().orElseThrow();
        JobRecord failed = planner.absorb(
                first.next(),
                tried,
                new Outcome.Failed(true, "disk full", Evidence.of("state", "RUNNING")),
                NOW);

        Decision second = planner.decide(wish, failed, running(), NOW.plusSeconds(3600));

        Step.StopWithSavepoint again = (Step.StopWithSavepoint) second.step().orElseThrow();
        assertNotEquals(tried.trigger(), again.trigger());
        assertNotEquals(tried.directory(), again.directory());
        assertTrue(again.directory().endsWith("-2"), again.directory());
    }

    @Test
    void aBudgetOfManyRestartsIsCounted() {
        EffectiveJob patient = Specs.job(1, Specs.spec(Map.of("restarts", "50", "window", "PT1H")));
        JobRecord record = stable().deployed(patient);
        for (int failure = 0; failure < 60; failure++) {
            record = Failures.counted(record, NOW.plusSeconds(failure));
        }

        assertEquals(60, record.failures().size());
    }

    private JobRecord staged(JobRecord record) {
        EffectiveJob next = Specs.job(2, Specs.spec(Map.of("sql", "v2")));
        return record.with(record.notes().staged(next.digest()));
    }

    /** A generous bound: it fails when the work grows with something it must not grow with. */
    @Test
    void tenThousandUnchangedJobsAreDecidedInAMoment() {
        JobRecord record = stable();
        Observed running = running();
        Desired wish = wish(JOB);
        List<Decision> decisions = new ArrayList<>();
        for (int warm = 0; warm < 20_000; warm++) {
            decisions.add(planner.decide(wish, record, running, NOW));
        }
        decisions.clear();

        long start = System.nanoTime();
        for (int job = 0; job < 10_000; job++) {
            decisions.add(planner.decide(wish, record, running, NOW));
        }
        long milliseconds = (System.nanoTime() - start) / 1_000_000;

        assertEquals(10_000, decisions.size());
        assertTrue(milliseconds < 1_000, "took " + milliseconds + " ms");
    }

    private static Desired wish(EffectiveJob job) {
        return new Desired.Specified(job.commit(), job);
    }

    private static JobRecord stable() {
        JobRecord record = JobRecord.fresh(Specs.ORDERS)
                .starting(JOB, new RestoreFrom.Empty("first start"), NOW);
        return record.seenRunning(NOW).stable(new Phase.Stable(JobId.of(record.key(), 1), NOW));
    }

    private static Observed running() {
        return new Observed.Present(
                NOW.plusSeconds(1),
                List.of(new LiveJob(
                        JobId.of(Specs.ORDERS, 1),
                        "orders",
                        JobStatus.RUNNING,
                        NOW,
                        1,
                        "1.20",
                        Optional.empty(),
                        Optional.empty())));
    }
}
