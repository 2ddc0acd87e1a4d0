// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
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
