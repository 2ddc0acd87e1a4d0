// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The simulation is worth what it finds: each of these mistakes, within a thousand seeds, by the
 * invariant that it breaks. A run that breaks by an exception of its own has found nothing.
 */
class MutantsTest {
    @ParameterizedTest
    @EnumSource(Mutant.class)
    void aThousandSeedsFindThisMistakeByWhatItBreaks(Mutant mutant) {
        Set<String> others = new TreeSet<>();

        boolean isFound = LongStream.range(0, 1000)
                .mapToObj(seed -> broken(Script.of(seed), mutant))
                .flatMap(Optional::stream)
                .peek(others::add)
                .anyMatch(mutant.broken()::equals);

        assertTrue(isFound, mutant + " did not break " + mutant.broken() + " but " + others);
    }

    @Test
    void aShrunkScriptBreaksTheSameByFewerEvents() {
        Mutant mutant = Mutant.START_WITHOUT_PROOF;
        Script script = LongStream.range(0, 1000)
                .mapToObj(Script::of)
                .filter(candidate -> broken(candidate, mutant)
                        .filter(mutant.broken()::equals)
                        .isPresent())
                .findFirst()
                .orElseThrow();

        Script shrunk = Shrinking.shrunk(script, mutant);

        assertTrue(shrunk.events().size() < script.events().size(), shrunk.toString());
        assertTrue(script.events().containsAll(shrunk.events()), shrunk.toString());
        assertTrue(broken(shrunk, mutant).filter(mutant.broken()::equals).isPresent());
        assertTrue(Shrinking.report(script.seed(), mutant).contains(" breaks " + mutant.broken()));
    }

    private static Optional<String> broken(Script script, Bend bend) {
        return Simulation.play(script, bend, new Trace(false)).map(Violation::invariant);
    }
}
