// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CyclesTest {
    @Test
    void aChainOfManyJobsHasNone() {
        TreeMap<String, List<String>> chain = new TreeMap<>();
        for (int i = 0; i < 100_000; i++) {
            chain.put("job-" + i, List.of("job-" + (i + 1)));
        }

        assertEquals(Set.of(), Cycles.of(chain).members());
    }

    @Test
    void jobsBesideACycleAreNotItsMembers() {
        Cycles cycles = Cycles.of(new TreeMap<>(Map.of(
                "before", List.of("a"),
                "a", List.of("b", "after"),
                "b", List.of("a", "b"),
                "after", List.of("unknown"))));

        assertEquals(Set.of("a", "b"), cycles.members());
        assertEquals("a -> b -> a", cycles.path("a"));
    }

    @Test
    void aLongCycleIsNotSpelledOut() {
        TreeMap<String, List<String>> ring = new TreeMap<>();
        for (int i = 0; i < 1_000; i++) {
            ring.put("job-" + i, List.of("job-" + (i + 1) % 1_000));
        }

        Cycles cycles = Cycles.of(ring);

        assertEquals(1_000, cycles.members().size());
        assertEquals(13, cycles.path("job-0").split(" -> ").length);
    }
}
