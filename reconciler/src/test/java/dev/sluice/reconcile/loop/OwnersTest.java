// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.OwnerMark;
import dev.sluice.plan.Hold;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Controllers with different data directories and the same jobs. */
class OwnersTest {
    private static final OwnerMark OTHER = new OwnerMark(
            "sample",
            "test",
            "another",
            "alpha:/var/lib/other",
            Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    Path folder;

    private LoopWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new LoopWorld(folder, "orders");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void jobsThatBelongToAnotherControllerAreHeldAndItIsNamed() throws Exception {
        world.cluster("main").claim(OTHER);

        world.start();

        world.await("it is held", OwnersTest::isHeld);
        Hold hold = owned(world.board()).orElseThrow();
        assertTrue(hold.text().contains("alpha:/var/lib/other"), hold::text);
        assertTrue(hold.text().contains("delete the model's marks"), hold::text);
        world.awaitLooks(3);
        assertEquals(List.of(), world.steps("orders"));
        assertEquals(Optional.empty(), world.cluster("main").progress(LoopWorld.id("orders", 1)));
    }

    @Test
    void aControllerGoesOnWhenAPersonHasRemovedTheMarkOfAnother() throws Exception {
        world.cluster("main").claim(OTHER);
        world.start();
        world.await("it is held", OwnersTest::isHeld);

        world.cluster("main").removeMarks();

        world.awaitStable("orders", 1);
    }

    @Test
    void aControllerWhoseMarkWasTakenOverStopsActing() throws Exception {
        world.start();
        world.awaitStable("orders", 1);

        world.cluster("main").removeMarks();
        world.cluster("main").claim(OTHER);
        world.awaitLooks(2);
        world.commit(
                files -> files.put(JobFiles.sql("orders"), "INSERT INTO a SELECT 2 FROM b;\n"));

        world.await("it is held", OwnersTest::isHeld);
        world.awaitLooks(3);
        assertTrue(LoopWorld.is("orders", Phase.Stable.class, 1).test(world.board()));
    }

    private static boolean isHeld(Board board) {
        return owned(board).isPresent();
    }

    private static Optional<Hold> owned(Board board) {
        return board.job(JobFiles.key("orders")).stream()
                .flatMap(job -> job.holds().stream())
                .filter(hold -> hold.reason() == Reason.OwnedByOther)
                .findFirst();
    }
}
