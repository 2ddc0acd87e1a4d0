// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.Phase;
import dev.sluice.plan.Step;
import dev.sluice.reconcile.journal.HistoryEntry;
import dev.sluice.reconcile.journal.Leadership;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock is set, forward and back, while controllers work. */
class ClockJumpTest {
    private static final String HOUR_BEFORE = "2026-03-01T09:00:00Z";
    private static final String START = "2026-03-01T10:00:00Z";
    private static final String HOUR_AFTER = "2026-03-01T11:00:00Z";

    @TempDir
    Path folder;

    private LoopWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new LoopWorld(folder, "orders");
        world.wall().set(START);
        world.start();
        world.awaitStable("orders", 1);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void neitherLeaseNorStepsNoticeAJump() throws Exception {
        long token = token(world.board());

        int attempt = 1;
        for (String shown : List.of(HOUR_AFTER, HOUR_BEFORE, "2027-01-01T00:00:00Z", START)) {
            world.wall().set(shown);
            attempt++;
            upgrade(attempt);
            world.awaitStable("orders", attempt);
        }

        assertEquals(token, token(world.board()));
        assertEquals(attempt, count(Step.Start.class));
        assertEquals(attempt - 1, count(Step.StopWithSavepoint.class));
    }

    /** The clock was put forward; for a second process every lease of before has ended. */
    @Test
    void oneWhoseClockIsAheadTakesOverAndTheOtherStandsBy() throws Exception {
        world.wall().set(HOUR_AFTER);
        try (LoopWorld.Running second = world.another("two")) {
            LoopWorld.await("it leads", second.board(), ClockJumpTest::leads);
            world.await("the first stands by", board -> !leads(board));

            upgrade(2);
            LoopWorld.await("it is done", second.board(), stable(2));
            world.awaitLooks(3);
        }
        assertEquals(2, count(Step.Start.class));
        assertEquals(1, count(Step.StopWithSavepoint.class));
    }

    /** The clock was put back; the lease of the dead seems to last for another hour. */
    @Test
    void oneWhoseClockIsBehindTakesOverFromTheDeadAtOnce() throws Exception {
        world.end();
        world.wall().set(HOUR_BEFORE);

        world.start();
        world.await("it leads", ClockJumpTest::leads);

        upgrade(2);
        world.awaitStable("orders", 2);
        assertEquals(2, count(Step.Start.class));
    }

    @Test
    void oneWhoseClockIsBehindStandsByWhileTheOtherLives() throws Exception {
        world.wall().set(HOUR_BEFORE);
        try (LoopWorld.Running second = world.another("two")) {
            LoopWorld.await(
                    "it knows who leads",
                    second.board(),
                    board -> board.leadership().isPresent());

            assertTrue(!leads(second.board()));
            assertTrue(leads(world.board()));
        }
    }

    private void upgrade(int version) throws Exception {
        world.commit(files ->
                JobFiles.job(files, "orders", "INSERT INTO a SELECT " + version + " FROM b;"));
    }

    private static Predicate<Board> stable(int attempt) {
        return LoopWorld.is("orders", Phase.Stable.class, attempt);
    }

    private static boolean leads(Board board) {
        return board.leadership().filter(Leadership.Leading.class::isInstance).isPresent();
    }

    private static long token(Board board) {
        Leadership leadership = board.leadership().orElseThrow();
        return assertInstanceOf(Leadership.Leading.class, leadership).token().number();
    }

    private long count(Class<? extends Step> type) {
        return world.steps("orders").stream()
                .map(HistoryEntry::step)
                .filter(type::isInstance)
                .count();
    }
}
