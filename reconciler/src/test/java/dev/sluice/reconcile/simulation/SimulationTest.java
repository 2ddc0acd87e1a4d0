// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.sluice.reconcile.simulation.Event.Kind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The invariants I1 to I5 and I7 after every event of every seed. {@code -Dsimulation.seeds=N} plays
 * more or fewer, {@code -Dsimulation.first=N} begins elsewhere.
 */
class SimulationTest {
    private static final long FIRST = Long.getLong("simulation.first", 0);
    private static final long SEEDS = Long.getLong("simulation.seeds", 10_000);

    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    void noSeedRunsTwiceLosesStateOrNeverSettles() {
        OptionalLong broken = LongStream.range(FIRST, FIRST + SEEDS)
                .parallel()
                .filter(SimulationTest::isBroken)
                .findFirst();

        broken.ifPresent(seed -> fail(Shrinking.report(seed, Bend.NONE)));
    }

    /** Seed 383 of an earlier table of events, and what it came down to. */
    @Test
    void seed383ACommitInThePauseAfterThreeFailedSavepointsIsTriedItself() {
        Script script = new Script(
                383,
                true,
                false,
                false,
                600,
                List.of(
                        new Event(195, Kind.UNWRITABLE, 1, 119),
                        new Event(199, Kind.COMMIT_SQL, 1, 76),
                        new Event(330, Kind.COMMIT_SQL, 1, 60)));

        assertEquals(Optional.empty(), Simulation.play(script, Bend.NONE, new Trace(false)));
        assertTrue(Simulation.play(script, Mutant.SAVEPOINT_TRIES_OF_ANOTHER_WISH, new Trace(false))
                .isPresent());
    }

    /** Seed 82062 of an earlier table of events, and what it came down to. */
    @Test
    void seed82062ALookThatArrivesLateBlocksNothing() {
        Script script = new Script(
                82062,
                false,
                false,
                false,
                474,
                List.of(
                        new Event(38, Kind.COMMIT_SQL, 0, 47),
                        new Event(56, Kind.PAUSE, 1, 99),
                        new Event(178, Kind.CRASH, 0, 78),
                        new Event(290, Kind.JOB_FAILS, 1, 41),
                        new Event(330, Kind.LATE_LOOK, 1, 117),
                        new Event(353, Kind.CRASH, 0, 85),
                        new Event(364, Kind.COMMIT_EMPTY, 1, 87)));

        assertEquals(Optional.empty(), Simulation.play(script, Bend.NONE, new Trace(false)));
    }

    @Test
    void theSameSeedIsTheSameRun() {
        LongStream.range(0, 40).forEach(seed -> assertEquals(traced(seed), traced(seed)));
    }

    private static boolean isBroken(long seed) {
        return Simulation.play(Script.of(seed), Bend.NONE, new Trace(false)).isPresent();
    }

    private static List<String> traced(long seed) {
        Trace trace = new Trace(true);
        Simulation.play(Script.of(seed), Bend.NONE, trace);
        return trace.lines();
    }
}
