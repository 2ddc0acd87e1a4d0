// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.Decision;
import dev.sluice.plan.Hold;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.journal.Samples;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One job's papers, and which listed job is which attempt. */
class DeskTest {
    private static final Instant NOW = Samples.NOW;
    private static final EffectiveJob JOB = Samples.job("INSERT INTO a SELECT 1 FROM b");

    private final Desk desk = Desk.fresh(Samples.KEY, NOW);

    @Test
    void nothingIsDueBeforeGitSaidWhatIsWanted() {
        assertFalse(desk.isDue(NOW));
        assertEquals(Instant.MAX, desk.wakeAt());

        desk.want(JOB);

        assertTrue(desk.isDue(NOW));
    }

    @Test
    void theSameWishOfALaterCommitKeepsTheCommitThatFirstSaidIt() {
        desk.want(JOB);
        rest();
        CommitId later = new CommitId("a".repeat(40));

        desk.want(new EffectiveJob(JOB.spec(), later, JOB.digest(), JOB.file()));

        assertEquals(JOB.commit(), desk.commit());
        assertFalse(desk.isDue(NOW));
    }

    @Test
    void aStepUnderWayMakesNothingElseDue() {
        desk.want(JOB);
        begin(1, NOW);

        desk.lookAgain();

        assertFalse(desk.isDue(NOW.plusSeconds(3600)));
        assertEquals(Instant.MAX, desk.wakeAt());
    }

    @Test
    void aWaitingStepComesBackWhenItSaysAndKeepsItsBeginning() {
        desk.want(JOB);
        begin(1, NOW);

        desk.ended(new Outcome.Waiting(NOW.plusSeconds(9), "a savepoint"), NOW.plusSeconds(1));
        assertFalse(desk.isDue(NOW.plusSeconds(8)));
        assertTrue(desk.isDue(NOW.plusSeconds(9)));

        begin(1, NOW.plusSeconds(9));
        assertEquals(20, desk.stepTook(NOW.plusSeconds(20)).toSeconds());
    }

    @Test
    void setbacksPauseLongerEachTimeUpToAMinuteAndSuccessEndsThem() {
        desk.want(JOB);
        assertPause(500, pauseAfterUnknown());
        assertPause(1000, pauseAfterUnknown());
        for (int more = 0; more < 20; more++) {
            pauseAfterUnknown();
        }
        assertPause(60_000, pauseAfterUnknown());

        begin(2, NOW);
        desk.ended(new Outcome.Done(Evidence.NONE), NOW);

        assertTrue(desk.isDue(NOW));
        assertPause(500, pauseAfterUnknown());
    }

    @Test
    void jobsThatFailedTogetherDoNotComeBackTogether() {
        Set<Instant> wakes = new HashSet<>();
        for (int job = 0; job < 100; job++) {
            Desk one = Desk.fresh(new JobKey("shop", "test", "payments", "job" + job), NOW);
            one.want(JOB);
            one.setBack(NOW);
            wakes.add(one.wakeAt());
        }

        assertTrue(wakes.size() > 50, wakes::toString);
    }

    @Test
    void anOutcomeThatIsNotTakenOverSetsBackFurtherEachTime() {
        desk.want(JOB);
        for (long pause : List.of(500L, 1000L, 2000L)) {
            begin(1, NOW);
            desk.setBack(NOW);
            desk.cutOff();
            assertPause(pause, Duration.between(NOW, desk.wakeAt()).toMillis());
        }
    }

    private static void assertPause(long longest, long pause) {
        assertTrue(pause > longest * 0.8 - 1 && pause <= longest, () -> longest + ": " + pause);
    }

    @Test
    void anEqualSightOfASettledJobIsNoNews() {
        desk.want(JOB);
        desk.remember(Samples.record(new Phase.Stable(Samples.ID, NOW)));
        desk.see(new Observed.Present(NOW, List.of(live(1, JobStatus.RUNNING))));
        rest();

        desk.see(new Observed.Present(NOW.plusSeconds(1), List.of(live(1, JobStatus.RUNNING))));
        assertFalse(desk.isDue(NOW));

        desk.see(new Observed.Present(NOW.plusSeconds(2), List.of(live(1, JobStatus.FAILED))));
        assertTrue(desk.isDue(NOW));
    }

    @Test
    void everySightOfAMovingJobIsNews() {
        desk.want(JOB);
        desk.remember(Samples.record(Samples.stopping()));
        rest();

        desk.see(new Observed.Unknown(NOW, "not asked yet"));

        assertTrue(desk.isDue(NOW));
    }

    @Test
    void attemptsBeyondTheRememberedOneAreOursAsWell() {
        ClusterObservation seen = seen(Optional.empty(), live(5, JobStatus.RUNNING));

        Observed observed = new Sightings(seen).of(Samples.KEY, desk.watched());

        assertEquals(new Observed.Present(NOW, List.of(live(5, JobStatus.RUNNING))), observed);
    }

    @Test
    void aNameIsNoIdentity() {
        LiveJob namesake = live(99, JobStatus.RUNNING);

        Observed observed =
                new Sightings(seen(Optional.empty(), namesake)).of(Samples.KEY, desk.watched());

        assertEquals(new Observed.NotListed(NOW, List.of(namesake)), observed);
    }

    @Test
    void aJobNotListedByAClusterOutOfReachIsUnknown() {
        Observed observed =
                new Sightings(seen(Optional.of("gone"))).of(Samples.KEY, desk.watched());

        assertEquals(new Observed.Unknown(NOW, "gone"), observed);
    }

    @Test
    void aJobThatEndedIsUnmanagedNoMore() {
        Sightings sightings = new Sightings(
                seen(Optional.empty(), live(7, JobStatus.CANCELED), live(8, JobStatus.RUNNING)));

        assertEquals(List.of(live(8, JobStatus.RUNNING)), sightings.unmanaged(id -> false));
        assertEquals(List.of(), sightings.unmanaged(id -> true));
    }

    private static ClusterObservation seen(Optional<String> unreachable, LiveJob... jobs) {
        return new ClusterObservation("main", NOW, List.of(jobs), unreachable);
    }

    private static LiveJob live(int attempt, JobStatus status) {
        return new LiveJob(
                JobId.of(Samples.KEY, attempt),
                Samples.KEY.display(),
                status,
                NOW,
                1,
                "1.20",
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void anOpenStepIsOvertakenWhenAnotherRecordIsReadMeanwhile() {
        begin(3, NOW);
        boolean before = desk.isOvertaken();

        desk.remember(Samples.record(new Phase.Stable(Samples.ID, NOW.plusSeconds(9))));

        assertFalse(before);
        assertTrue(desk.isOvertaken());
    }

    @Test
    void aHoldThatTellsMoreThanBeforeIsWrittenDownAndOneThatOnlyCountsIsNot() {
        desk.decided(starting("the job is RUNNING"));
        Decision more = starting("the job is RUNNING and 38 of its tasks wait for a slot");
        boolean isMore = desk.saysAnew(more);

        desk.decided(more);

        assertTrue(isMore);
        assertFalse(desk.isNewlyHeld(more));
        assertFalse(
                desk.saysAnew(starting("the job is RUNNING and 12 of its tasks wait for a slot")));
    }

    private Decision starting(String text) {
        return new Decision(
                desk.record(),
                Optional.empty(),
                List.of(new Hold(Reason.Starting, text)),
                Reason.Starting,
                Optional.empty());
    }

    private void rest() {
        desk.deciding();
        desk.decided(Samples.rest(desk.record(), Reason.InSync));
    }

    private void begin(long intent, Instant at) {
        desk.deciding();
        desk.decided(Samples.act(desk.record(), Samples.start(1)));
        desk.begin(new OpenStep(intent, Samples.start(1), desk.record(), at));
    }

    private long pauseAfterUnknown() {
        begin(3, NOW);
        desk.ended(new Outcome.Unknown("no answer"), NOW);
        return Duration.between(NOW, desk.wakeAt()).toMillis();
    }
}
