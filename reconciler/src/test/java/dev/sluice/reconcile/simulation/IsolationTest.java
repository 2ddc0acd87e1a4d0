// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** I6: the failure or hang of one job neither delays nor changes another. */
class IsolationTest {
    private static final long SEEDS = Long.getLong("simulation.seeds", 10_000) / 50;

    @Test
    void noJobNoticesTheTroubleOfAnother() {
        Optional<String> broken = LongStream.range(0, SEEDS)
                .parallel()
                .mapToObj(seed ->
                        Isolation.broken(seed, Bend.NONE).map(what -> "seed " + seed + ": " + what))
                .flatMap(Optional::stream)
                .findFirst();

        assertEquals(Optional.empty(), broken);
    }

    @Test
    void oneCallAtATimeWouldBeNoticed() {
        Bend patient = new Bend() {
            @Override
            public boolean callsOneAtATime() {
                return true;
            }
        };

        assertTrue(LongStream.range(70, 80)
                .anyMatch(seed -> Isolation.broken(seed, patient).isPresent()));
    }
}
