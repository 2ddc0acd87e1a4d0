// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.testing.Fault;
import dev.sluice.drive.testing.Verb;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits that would end everything, and commits that come while another one is being done. */
class MassDeletionTest {
    private static final String[] JOBS = {"one", "two", "three", "four", "five"};

    @TempDir
    Path folder;

    private LoopWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new LoopWorld(folder, JOBS);
        world.start();
        for (String job : JOBS) {
            world.awaitStable(job, 1);
        }
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aCommitThatDeletesEveryJobEndsNoneWithoutAnAllowance() throws Exception {
        world.commit(files -> files.keySet().removeIf(path -> path.startsWith("jobs/")));

        world.await("all are held", allAre(Reason.MassChange));
        world.awaitLooks(3);
        for (String job : JOBS) {
            assertTrue(LoopWorld.is(job, Phase.Stable.class, 1).test(world.board()), job);
        }
    }

    @Test
    void aRepositoryWhoseFilesAreAllGoneEndsNoJob() throws Exception {
        world.commit(TreeMap::clear);

        world.await("it is told", board -> board.git().trouble().isPresent());
        world.awaitLooks(3);
        for (String job : JOBS) {
            assertTrue(LoopWorld.is(job, Phase.Stable.class, 1).test(world.board()), job);
        }
    }

    @Test
    void commitsThatLandWhileAJobIsStoppingEndWithTheLatestOneAndNoMixture() throws Exception {
        world.cluster("main").advance();
        world.cluster("main").faults().next(Verb.STOP, Fault.LOSE_ANSWER);
        for (int value = 2; value <= 6; value++) {
            String sql = "INSERT INTO a SELECT " + value + " FROM b;\n";
            world.commit(files -> files.put(JobFiles.sql("one"), sql));
        }

        world.await(
                "the latest runs",
                board -> board.job(JobFiles.key("one"))
                        .filter(job -> job.record().phase() instanceof Phase.Stable)
                        .flatMap(job -> job.record().deployed())
                        .filter(spec -> spec.spec().program().toString().contains("SELECT 6"))
                        .isPresent());

        List<String> started = world.steps("one").stream()
                .filter(entry -> entry.step() instanceof dev.sluice.plan.Step.Start)
                .map(entry -> entry.step().toString())
                .toList();
        assertTrue(started.size() <= 6, started::toString);
        assertEquals(List.of(), world.cluster("main").violations());
    }

    private static Predicate<Board> allAre(Reason reason) {
        return board -> List.of(JOBS).stream()
                .allMatch(name -> board.job(JobFiles.key(name))
                        .filter(job ->
                                job.holds().stream().anyMatch(hold -> hold.reason() == reason))
                        .isPresent());
    }
}
