// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation is worth what it finds: each of these mistakes, within a thousand seeds. */
class MutantsTest {
    @ParameterizedTest
    @EnumSource(Mutant.class)
    void aThousandSeedsFindThisMistake(Mutant mutant) {
        OptionalLong found = LongStream.range(0, 1000)
                .filter(seed -> Simulation.play(Script.of(seed), mutant, new Trace(false))
                        .isPresent())
                .findFirst();

        assertTrue(found.isPresent(), mutant + " was not found");
    }
}
