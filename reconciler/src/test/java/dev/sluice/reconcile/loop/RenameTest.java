// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.Step;
import dev.sluice.reconcile.journal.HistoryEntry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A renamed job takes the state of its former self, and never runs beside it. */
class RenameTest {
    @TempDir
    Path folder;

    @Test
    void theHeirStartsFromTheFinalSavepointOfItsFormerSelf() throws Exception {
        try (LoopWorld world = new LoopWorld(folder, "orders")) {
            world.start();
            world.awaitStable("orders", 1);

            world.commit(files -> {
                files.remove(JobFiles.yaml("orders"));
                files.remove(JobFiles.sql("orders"));
                JobFiles.job(files, "sales", "INSERT INTO a SELECT 1 FROM b;");
                files.computeIfPresent(
                        JobFiles.yaml("sales"), (path, yaml) -> yaml + "formerly: shop/orders\n");
            });
            world.awaitStable("sales", 2);

            HistoryEntry stop = newest(world.steps("orders"), Step.StopWithSavepoint.class);
            HistoryEntry start = newest(world.steps("sales"), Step.Start.class);
            assertTrue(stop.at().isBefore(start.at()), "stopped before started");
            String from = ((Step.Start) start.step()).from().toString();
            String directory = ((Step.StopWithSavepoint) stop.step()).directory();
            assertTrue(from.contains(directory), () -> from + " is not in " + directory);
            assertEquals(
                    1, world.steps("sales").stream().filter(RenameTest::isStart).count());
        }
    }

    private static HistoryEntry newest(List<HistoryEntry> steps, Class<? extends Step> kind) {
        return steps.stream()
                .filter(entry -> kind.isInstance(entry.step()))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isStart(HistoryEntry entry) {
        return entry.step() instanceof Step.Start;
    }
}
