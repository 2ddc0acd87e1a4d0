// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.Phase;
import dev.sluice.plan.Step;
import dev.sluice.reconcile.demo.HaltingDriver.Effect;
import dev.sluice.reconcile.journal.HistoryEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller dies between an effect and its record; the next one continues, on real Flink. */
class CrashIT {
    private static final int KILLED = 137;

    @TempDir
    Path folder;

    @Test
    void whatDiesBetweenEffectAndRecordIsContinuedByTheNextController() throws Exception {
        try (World world = World.create(folder)) {
            world.runUntil(Phase.Stable.class, 1, stage -> {});

            diesAfterTheSavepointWasTriggered(world);
            diesAfterTheJobWasSubmitted(world);
        }
    }

    private static void diesAfterTheSavepointWasTriggered(World world) throws Exception {
        world.commit("jobs/shop/orders/job.sql", "Add tax", sql -> sql.replace("* 1.00", "* 1.19"));

        int exit = world.runUntilDeath(Effect.SAVEPOINT_TRIGGERED);

        assertEquals(KILLED, exit);
        HistoryEntry open = world.newestStep();
        Step.StopWithSavepoint stop = assertInstanceOf(Step.StopWithSavepoint.class, open.step());
        assertTrue(open.isOpen(), "the answer was not recorded");

        world.runUntil(Phase.Stable.class, 2, stage -> {
            Step.Start start = stage.lastStart(World.ORDERS);
            assertTrue(
                    start.from().toString().contains(stop.directory()),
                    () -> "started from " + start.from() + ", not from " + stop.directory());
            assertTrue(
                    Paths.same(start.from().toString(), stage.restoredFrom(World.ORDERS)),
                    "Flink restored what was planned");
            assertContinues(stage);
        });
        assertEquals(1, savepoints(world, stop.directory()), "one savepoint was taken");
    }

    private static void diesAfterTheJobWasSubmitted(World world) throws Exception {
        world.commit(
                "jobs/shop/orders/job.sql", "Raise tax", sql -> sql.replace("* 1.19", "* 1.20"));

        int exit = world.runUntilDeath(Effect.SUBMITTED);

        assertEquals(KILLED, exit);
        HistoryEntry open = world.newestStep();
        assertInstanceOf(Step.Start.class, open.step());
        assertTrue(open.isOpen(), "the answer was not recorded");
        assertInstanceOf(Phase.Starting.class, world.record().phase());

        world.runUntil(Phase.Stable.class, 3, CrashIT::assertContinues);
    }

    /** One instance, under the id chosen before, and counts without gap or repetition. */
    private static void assertContinues(DemoStage stage) throws Exception {
        assertEquals(List.of(stage.currentId(World.ORDERS).hex()), stage.live(World.ORDERS));
        int before = stage.rows(World.ORDERS).count();
        int after = stage.rowsBeyond(World.ORDERS, before, Duration.ofMinutes(1));
        assertTrue(after > before, "the job goes on writing");
        assertEquals(List.of(), stage.rows(World.ORDERS).flaws());
    }

    private static long savepoints(World world, String directory) throws IOException {
        try (Stream<Path> files = Files.walk(world.folder())) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .filter(file -> file.toString().contains(directory))
                    .count();
        }
    }
}
