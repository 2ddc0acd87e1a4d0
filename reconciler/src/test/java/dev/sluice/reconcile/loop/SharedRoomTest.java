// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.drive.Driver;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Free slots are given to one job only. */
class SharedRoomTest {
    private static final int SLOTS = 4;
    private static final List<JobId> NARROW =
            List.of(LoopWorld.id("billing", 1), LoopWorld.id("orders", 1));

    @TempDir
    Path folder;

    private LoopWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new LoopWorld(folder, "billing", "orders");
        world.wrap(Counting::new);
        world.start();
        world.awaitStable("billing", 1);
        world.awaitStable("orders", 1);
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** Both would fit alone, and no wave lets one of them go first. */
    @Test
    void ofTwoJobsThatNeedTheSameFreeSlotsOnlyOneIsStopped() throws Exception {
        world.commit(files -> {
            files.put("environments/test/policy.yaml", """
                    apiVersion: sluice/v1
                    kind: Policy
                    canary: 0
                    """);
            widen(files, "billing");
            widen(files, "orders");
        });

        world.awaitStable("billing", 2);
        world.await(
                "the other waits",
                board -> board.job(JobFiles.key("orders"))
                        .filter(job -> job.reason() == Reason.NoRoom)
                        .isPresent());
        world.awaitLooks(3);

        assertEquals(1, world.job("orders").record().attempt());
        assertEquals(Phase.Stable.class, world.job("orders").record().phase().getClass());
    }

    private static void widen(TreeMap<String, String> files, String job) {
        files.computeIfPresent(
                JobFiles.yaml(job), (name, text) -> text + "resources: {parallelism: 3}\n");
    }

    /** A cluster that says how many of its slots no job holds; each job holds three, or one at first. */
    private static final class Counting extends ForwardingDriver {
        Counting(Driver real) {
            super(real);
        }

        @Override
        public ClusterObservation observe(Map<JobId, Integer> detailed) {
            ClusterObservation seen = super.observe(detailed);
            List<LiveJob> running = seen.jobs().stream()
                    .filter(job -> job.status() == JobStatus.RUNNING)
                    .toList();
            int held = running.stream()
                    .mapToInt(job -> NARROW.contains(job.id()) ? 1 : 3)
                    .sum();
            return new ClusterObservation(
                    seen.cluster(),
                    seen.at(),
                    seen.jobs(),
                    seen.unreachable(),
                    new TreeMap<>(Map.of("1.20", SLOTS - held)));
        }
    }
}
