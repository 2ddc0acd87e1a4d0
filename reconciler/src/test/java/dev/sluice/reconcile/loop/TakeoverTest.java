// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.testing.Fault;
import dev.sluice.drive.testing.Verb;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Step;
import dev.sluice.reconcile.journal.HistoryEntry;
import dev.sluice.reconcile.journal.Leadership;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.observed.Observed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Controllers end and begin, one at a time acts, and each continues where the last one was. */
class TakeoverTest {
    @TempDir
    Path folder;

    private LoopWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new LoopWorld(folder, "orders");
        world.start();
        world.awaitStable("orders", 1);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aSecondControllerStandsByAndShowsWhatIsRemembered() throws Exception {
        try (LoopWorld.Running second = world.another("two")) {
            LoopWorld.await("it stands by", second.board(), TakeoverTest::isStandingBy);
            LoopWorld.await(
                    "it shows", second.board(), LoopWorld.is("orders", Phase.Stable.class, 1));

            world.commit(
                    files -> files.put(JobFiles.sql("orders"), "INSERT INTO a SELECT 2 FROM b;\n"));
            world.awaitStable("orders", 2);

            assertTrue(isStandingBy(second.board()));
            assertEquals(1, tokens(world.steps("orders")));
        }
    }

    @Test
    void theSecondTakesOverWhenTheFirstEndsAndContinuesWhereItWas() throws Exception {
        try (LoopWorld.Running second = world.another("two")) {
            LoopWorld.await("it stands by", second.board(), TakeoverTest::isStandingBy);

            world.end();
            world.commit(
                    files -> files.put(JobFiles.sql("orders"), "INSERT INTO a SELECT 2 FROM b;\n"));

            LoopWorld.await(
                    "it acts", second.board(), LoopWorld.is("orders", Phase.Stable.class, 2));
            assertFalse(isStandingBy(second.board()));
            assertEquals(2, tokens(second.journal().history(JobFiles.key("orders"), 100)));
        }
    }

    @Test
    void aLateStandbyGoesOnFromTheCommitThatItsPredecessorFollowed() throws Exception {
        world.gitPeriod(Duration.ofHours(1));
        try (LoopWorld.Running second = world.another("two")) {
            LoopWorld.await("it stands by", second.board(), TakeoverTest::isStandingBy);
            world.commit(
                    files -> files.put(JobFiles.sql("orders"), "INSERT INTO a SELECT 2 FROM b;\n"));
            world.awaitStable("orders", 2);
            Optional<CommitId> followed = world.board().git().commit();
            assertNotEquals(followed, second.board().git().commit());

            world.end();
            LoopWorld.await("it leads", second.board(), board -> !isStandingBy(board));
            LoopWorld.await(
                    "it has settled",
                    second.board(),
                    LoopWorld.is("orders", Phase.Stable.class, 2));
            world.commit(files -> JobFiles.job(files, "clicks", "INSERT INTO a SELECT 2 FROM b;"));
            second.controller().fetchSoon();
            LoopWorld.await(
                    "it follows", second.board(), LoopWorld.is("clicks", Phase.Stable.class, 1));

            assertTrue(
                    LoopWorld.is("orders", Phase.Stable.class, 2).test(second.board()),
                    "the older commit came back");
        }
    }

    @Test
    void aRestartOfASettledEnvironmentDoesNothing() throws Exception {
        List<HistoryEntry> before = world.steps("orders");

        world.restart();

        world.await(
                "it is seen",
                board -> board.job(JobFiles.key("orders"))
                        .filter(job -> job.observed() instanceof Observed.Present)
                        .isPresent());
        world.awaitLooks(3);
        assertEquals(before, world.steps("orders"));
    }

    @Test
    void aRestartInTheMiddleOfAStopContinuesWithTheSameTrigger() throws Exception {
        world.cluster("main").advance();
        world.cluster("main").faults().next(Verb.STOP, Fault.LOSE_ANSWER);
        world.commit(
                files -> files.put(JobFiles.sql("orders"), "INSERT INTO a SELECT 2 FROM b;\n"));
        world.await("it stops", LoopWorld.is("orders", Phase.Stopping.class, 1));
        Step asked = world.steps("orders").get(0).step();

        world.restart();

        world.awaitStable("orders", 2);
        assertEquals(Set.of(asked), stops());
        assertEquals(Optional.of(2L), world.cluster("main").progress(LoopWorld.id("orders", 2)));
    }

    @Test
    void aStartWhoseAnswerWasLostIsFoundAndNotMadeTwice() throws Exception {
        world.cluster("main").faults().next(Verb.START, Fault.LOSE_ANSWER);
        world.commit(files -> JobFiles.job(files, "clicks", "INSERT INTO a SELECT 2 FROM b;"));
        world.await("it starts", LoopWorld.is("clicks", Phase.Starting.class, 1));

        world.restart();

        world.awaitStable("clicks", 1);
    }

    @Test
    void whatTheJournalCannotKeepIsNotDone() throws Exception {
        world.closeJournal();

        world.commit(files -> JobFiles.job(files, "clicks", "INSERT INTO a SELECT 2 FROM b;"));
        world.cluster("main").fail(LoopWorld.id("orders", 1), "out of memory");
        world.await("git told it", board -> board.metrics().fetches().get("Advanced") >= 2);
        world.awaitLooks(5);

        assertEquals(Optional.empty(), world.cluster("main").progress(LoopWorld.id("clicks", 1)));
        assertEquals(Optional.empty(), world.cluster("main").progress(LoopWorld.id("orders", 2)));
    }

    private Set<Step> stops() {
        return world.steps("orders").stream()
                .map(HistoryEntry::step)
                .filter(Step.StopWithSavepoint.class::isInstance)
                .collect(Collectors.toSet());
    }

    private static int tokens(List<HistoryEntry> history) {
        return history.stream()
                .map(HistoryEntry::token)
                .collect(Collectors.toSet())
                .size();
    }

    private static boolean isStandingBy(Board board) {
        return board.leadership().filter(Leadership.Standby.class::isInstance).isPresent();
    }
}
