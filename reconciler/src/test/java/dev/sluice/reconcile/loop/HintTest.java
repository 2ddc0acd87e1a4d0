// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.testing.InMemoryCluster;
import dev.sluice.drive.testing.InMemoryDriver;
import dev.sluice.reconcile.git.GitRemote;
import dev.sluice.reconcile.git.GitSource;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.spec.CommitId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller that would ask its repository once a day, were it not for hints. */
class HintTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int STORM = 10_000;

    @TempDir
    private Path folder;

    @Test
    void aHintBringsACommitSoonAndAStormOfThemBringsFewQuestions() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Clock clock = Clock.systemUTC();
        InMemoryCluster cluster = new InMemoryCluster(clock);
        Duration often = Duration.ofMillis(50);
        try (JobRepository jobs = new JobRepository(folder.resolve("jobs.git"))) {
            jobs.commit("Begin", JobFiles::root);
            try (Journal journal = Journal.open(data);
                    GitSource source = GitSource.open(
                            data, new GitRemote(jobs.url(), JobRepository.BRANCH), clock);
                    Controller controller = Controller.start(
                            "one",
                            "test",
                            journal,
                            source,
                            entry -> new InMemoryDriver(
                                    entry.name(), List.of("1.20"), cluster, clock),
                            new Controller.Pace(Duration.ofDays(1), often, often))) {
                await(controller, board -> board.git().commit().isPresent());
                CommitId commit = jobs.commit(
                        "Add",
                        files -> JobFiles.job(files, "orders", "INSERT INTO a SELECT 1 FROM b;"));

                controller.fetchSoon();

                await(controller, board -> board.git().commit().equals(Optional.of(commit)));
                assertStormIsCalm(controller);
            }
        }
    }

    private static void assertStormIsCalm(Controller controller) throws InterruptedException {
        long before = fetches(controller);
        long began = System.nanoTime();
        for (int hint = 0; hint < STORM; hint++) {
            controller.fetchSoon();
            if (hint % 50 == 0) {
                new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
            }
        }
        await(controller, board -> fetches(controller) > before);

        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        long asked = fetches(controller) - before;
        assertTrue(asked <= seconds + 2, asked + " questions in " + seconds + " s");
        assertEquals(0, controller.board().git().trouble().stream().count());
    }

    private static long fetches(Controller controller) {
        return controller.board().metrics().fetches().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static void await(Controller controller, java.util.function.Predicate<Board> condition)
            throws InterruptedException {
        assertTrue(controller.board().await(condition, PATIENCE));
    }
}
