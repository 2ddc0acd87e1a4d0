// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.Phase;
import dev.sluice.plan.Step;
import dev.sluice.reconcile.git.Fetched;
import dev.sluice.reconcile.git.GitSource;
import dev.sluice.reconcile.journal.HistoryEntry;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.observed.RestoreFrom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What git says happens, and nothing else does. */
class FollowTest {
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
    void aMergedCommitStartsItsJob() throws Exception {
        CommitId commit = world.commit(
                files -> JobFiles.job(files, "clicks", "INSERT INTO a SELECT 2 FROM b;"));

        world.awaitStable("clicks", 1);

        assertTrue(world.cluster("main").progress(LoopWorld.id("clicks", 1)).isPresent());
        assertEquals(Optional.of(commit), world.board().git().commit());
        assertEquals(commit, world.steps("clicks").get(0).commit());
    }

    /** What was seen before anybody wanted the job proves nothing, and a quiet cluster is asked seldom. */
    @Test
    void aNewJobDoesNotWaitForTheNextLookAtAQuietCluster() throws Exception {
        world.end();
        world.pace(new Controller.Pace(
                Duration.ofMillis(30), Duration.ofMillis(10), Duration.ofHours(1)));
        world.start();
        world.await("it was asked", board -> board.clusters().containsKey("main"));

        world.commit(files -> JobFiles.job(files, "clicks", "INSERT INTO a SELECT 2 FROM b;"));

        world.awaitStable("clicks", 1);
    }

    @Test
    void aChangedJobGoesOnFromASavepointOfTheOldOne() throws Exception {
        world.cluster("main").advance();
        world.commit(
                files -> files.put(JobFiles.sql("orders"), "INSERT INTO a SELECT 3 FROM b;\n"));

        world.awaitStable("orders", 2);

        assertEquals(Optional.of(2L), world.cluster("main").progress(LoopWorld.id("orders", 2)));
        Step.Start start =
                assertInstanceOf(Step.Start.class, world.steps("orders").get(0).step());
        assertInstanceOf(RestoreFrom.State.class, start.from());
    }

    @Test
    void anUnchangedCommitMakesNoIntent() throws Exception {
        List<HistoryEntry> before = world.steps("orders");

        world.awaitFetches(3);
        world.awaitLooks(3);

        assertEquals(before, world.steps("orders"));
    }

    @Test
    void aCommitThatChangesNothingOfAJobCostsItNothing() throws Exception {
        List<HistoryEntry> before = world.steps("orders");
        CommitId commit = world.commit(files -> files.put("README.md", "Hello\n"));

        world.await("it is in force", board -> board.git().commit().equals(Optional.of(commit)));
        world.awaitLooks(3);

        assertEquals(before, world.steps("orders"));
    }

    @Test
    void deletingAJobsFileEndsItWithASavepointThatIsKept() throws Exception {
        world.cluster("main").advance();
        world.commit(files -> files.keySet().removeIf(path -> path.contains("/orders/")));

        world.await("it is gone", LoopWorld.is("orders", Phase.Absent.class, 1));

        assertInstanceOf(
                Step.StopWithSavepoint.class, world.steps("orders").get(0).step());
        assertFalse(world.job("orders").record().lineage().isEmpty());
    }

    @Test
    void anUnreachableRepositoryLeavesTheLastGoodCommitInForceAndIsTold() throws Exception {
        Optional<CommitId> before = world.board().git().commit();
        List<HistoryEntry> steps = world.steps("orders");
        Path away = folder.resolve("away.git");
        Files.move(world.repository().directory(), away);

        world.await("it is told", board -> board.git().trouble().isPresent());
        world.awaitLooks(3);

        assertTrue(world.board().git().trouble().get().startsWith("not reachable since"));
        assertEquals(before, world.board().git().commit());
        assertEquals(steps, world.steps("orders"));
        Files.move(away, world.repository().directory());
        world.await("it is over", board -> board.git().trouble().isEmpty());
    }

    @Test
    void aRepositoryThatIsGoneAtTheStartLeavesTheJournalsCommitInForce() throws Exception {
        Optional<CommitId> before = world.board().git().commit();
        Files.move(world.repository().directory(), folder.resolve("away.git"));

        world.restart();

        world.awaitStable("orders", 1);
        world.await("it is told", board -> board.git().trouble().isPresent());
        assertEquals(before, world.board().git().commit());
        assertTrue(world.job("orders").wanted().isPresent());
    }

    @Test
    void aFirstCommitFollowedButNotRecordedIsTakenOverAtTheNextStart() throws Exception {
        try (LoopWorld crashed = new LoopWorld(folder.resolve("crashed"), "orders");
                GitSource source = crashed.source()) {
            assertInstanceOf(Fetched.Advanced.class, source.fetch());

            crashed.start();

            crashed.awaitStable("orders", 1);
        }
    }

    @Test
    void aLostCopyOfTheRepositoryIsFetchedAnewAndItsCommitComesIntoForce() throws Exception {
        List<HistoryEntry> steps = world.steps("orders");
        world.end();
        LoopWorld.delete(world.data().resolve("git"));

        world.start();

        world.await(
                "it is wanted",
                board -> board.job(JobFiles.key("orders"))
                        .flatMap(Board.JobNotice::wanted)
                        .isPresent());
        world.awaitStable("orders", 1);
        assertEquals(steps, world.steps("orders"));
    }
}
