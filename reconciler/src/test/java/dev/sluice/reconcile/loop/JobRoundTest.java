// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.Driver;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Reason;
import dev.sluice.plan.Step;
import dev.sluice.reconcile.journal.FencingToken;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.journal.Leadership;
import dev.sluice.reconcile.journal.Samples;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with one job pauses that job. */
class JobRoundTest {
    private static final Instant NOW = Samples.NOW;

    @TempDir
    Path folder;

    @Test
    void aDoneStepThatCannotBeTakenOverIsNotRepeatedAtOnceAndLaterEachTime() {
        try (Journal journal = Journal.open(folder)) {
            Fleet fleet = new Fleet(journal, new Board());
            fleet.wantLastGood(
                    new TreeMap<>(Map.of(Samples.KEY, Samples.job("INSERT INTO a SELECT 1"))), NOW);
            Desk desk = fleet.desk(Samples.KEY);
            JobRound round = round(journal, fleet);

            // No step is open on this desk, which is what cannot be taken over.
            Duration first = pauseAfterDone(round, desk);
            Duration second = pauseAfterDone(round, desk);

            assertTrue(first.toMillis() >= 400, first::toString);
            assertTrue(second.toMillis() >= 800, second::toString);
        }
    }

    @Test
    void aProofThatIsNotSureYetIsNoSilenceOfTheCluster() {
        try (Journal journal = Journal.open(folder)) {
            Fleet fleet = new Fleet(journal, new Board());
            fleet.wantLastGood(
                    new TreeMap<>(Map.of(Samples.KEY, Samples.job("INSERT INTO a SELECT 1"))), NOW);
            Step proof = new Step.ProveAbsent(
                    Samples.job("INSERT INTO a SELECT 1"), 1, List.of(Samples.ID));
            Turnstiles turnstiles = new Turnstiles(
                    new Turnstile.Limits(9, 9, 9, 1, Duration.ofMinutes(1), Duration.ofMinutes(2)));

            round(journal, fleet, turnstiles)
                    .record(
                            fleet.desk(Samples.KEY),
                            proof,
                            new Outcome.Unknown("denied once"),
                            NOW);

            assertTrue(turnstiles
                    .of(proof.cluster())
                    .pause(Samples.KEY, false, NOW)
                    .isEmpty());
        }
    }

    @Test
    void whatAStepOfAnEarlierReignProvedDoesNotMoveTheRecordOfALaterOne() {
        JobRecord stable = Samples.record(new Phase.Stable(Samples.ID, NOW));
        JobRecord lost = Samples.record(
                new Phase.Recovering(Reason.Recovering, false, Optional.empty(), NOW));
        Step proof =
                new Step.ProveAbsent(Samples.job("INSERT INTO a SELECT 1"), 1, List.of(Samples.ID));
        Instant later = NOW.plusSeconds(60);
        try (Journal journal = Journal.open(folder);
                Journal other = Journal.open(folder)) {
            Fleet fleet = new Fleet(journal, new Board());
            fleet.wantLastGood(
                    new TreeMap<>(Map.of(Samples.KEY, Samples.job("INSERT INTO a SELECT 1"))), NOW);
            Desk desk = fleet.desk(Samples.KEY);
            desk.begin(
                    fleet.intend(desk, Samples.act(lost, proof), lead(journal, "one", NOW), NOW));
            other.records();
            other.store(
                    lead(other, "two", later),
                    List.of(Samples.rest(stable, Reason.InSync)),
                    Samples.COMMIT,
                    later);

            fleet.load(later);
            round(journal, fleet).record(desk, proof, new Outcome.Done(Evidence.NONE), later);

            assertEquals(stable, desk.record());
        }
    }

    private static FencingToken lead(Journal journal, String owner, Instant now) {
        Leadership leadership = journal.acquire(owner, Duration.ofSeconds(30), now);
        return assertInstanceOf(Leadership.Leading.class, leadership).token();
    }

    private static Duration pauseAfterDone(JobRound round, Desk desk) {
        round.record(desk, Samples.start(1), new Outcome.Done(Evidence.NONE), NOW);
        return Duration.between(NOW, desk.wakeAt());
    }

    private static JobRound round(Journal journal, Fleet fleet) {
        return round(journal, fleet, new Turnstiles(Turnstile.Limits.DEFAULT));
    }

    private static JobRound round(Journal journal, Fleet fleet, Turnstiles turnstiles) {
        ClusterDrivers drivers = new ClusterDrivers(cluster -> {
            throw new IllegalStateException("no " + Driver.class + " is needed");
        });
        LeaseKeeper lease =
                new LeaseKeeper(journal, "one", Duration.ofMinutes(5), Clock.systemUTC());
        Owners owners = new Owners(drivers, "test", "journal", "holder", Clock.systemUTC());
        return new JobRound(
                new Planner(),
                new GuardRails(Clock.systemUTC()),
                owners,
                new Plans(journal),
                fleet,
                new Workers(new Inbox(), lease, owners, new StepExecutor(drivers, Supply.NONE)),
                turnstiles,
                new Counts());
    }
}
