// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.Driver;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.ClusterObservation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a look at a cluster costs is the same however many stable jobs run there. */
class DetailTurnsTest {
    private static final int JOBS = 100;
    private static final int PERIODS = 10;

    @TempDir
    Path folder;

    private final List<Set<JobId>> looks = new CopyOnWriteArrayList<>();

    @Test
    void tenPeriodsOfAHundredStableJobsLookCloselyAtTwentyOfThemInTurns() throws Exception {
        String[] names =
                IntStream.range(0, JOBS).mapToObj(job -> "job" + job).toArray(String[]::new);
        try (LoopWorld world = new LoopWorld(folder, names)) {
            world.start();
            for (String name : names) {
                world.awaitStable(name, 1);
            }
            world.end();
            world.wrap(Counting::new);
            world.start();
            world.awaitLooks(PERIODS);
        }

        List<Set<JobId>> asked = looks.subList(0, PERIODS);
        List<JobId> all = new ArrayList<>();
        asked.forEach(all::addAll);

        assertTrue(asked.stream().allMatch(look -> look.size() <= 2), asked::toString);
        assertEquals(2 * PERIODS, all.size());
        assertEquals(all.size(), new HashSet<>(all).size(), "nobody has a second turn before all");
    }

    /** Notes which jobs a look wants to know more of; clusters without jobs are not counted. */
    private final class Counting extends ForwardingDriver {
        Counting(Driver real) {
            super(real);
        }

        @Override
        public ClusterObservation observe(Map<JobId, Integer> detailed) {
            ClusterObservation seen = super.observe(detailed);
            if (!seen.jobs().isEmpty()) {
                looks.add(Set.copyOf(detailed.keySet()));
            }
            return seen;
        }
    }
}
