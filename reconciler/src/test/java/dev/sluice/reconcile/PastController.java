// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile;

import dev.sluice.drive.testing.InMemoryCluster;
import dev.sluice.drive.testing.InMemoryDriver;
import dev.sluice.plan.Phase;
import dev.sluice.reconcile.git.GitRemote;
import dev.sluice.reconcile.git.GitSource;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.loop.Controller;
import dev.sluice.reconcile.loop.JobFiles;
import dev.sluice.reconcile.loop.JobRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/** What a controller on a cluster in memory leaves behind: a repository, a journal, and what it saw. */
final class PastController {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration OFTEN = Duration.ofMillis(20);

    private PastController() {}

    /**
     * Runs one until the job {@code orders} is stable.
     *
     * @param folder gets {@code jobs.git} and {@code sluice-data}
     * @param files of the repository
     * @return the data directory
     */
    static Path leave(Path folder, SortedMap<String, String> files) throws Exception {
        Path data = Files.createDirectories(folder.resolve("sluice-data"));
        Clock clock = Clock.systemUTC();
        InMemoryCluster cluster = new InMemoryCluster(clock);
        try (JobRepository jobs = new JobRepository(folder.resolve("jobs.git"))) {
            jobs.commit("Begin", all -> all.putAll(files));
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
                            new Controller.Pace(OFTEN, OFTEN, OFTEN))) {
                boolean isStable = controller
                        .board()
                        .await(
                                board -> board.job(JobFiles.key("orders"))
                                        .filter(job -> job.record().phase() instanceof Phase.Stable)
                                        .isPresent(),
                                PATIENCE);
                if (!isStable) {
                    throw new AssertionError("not stable: " + controller.board().jobs());
                }
                // The journal keeps a look every few seconds; this controller lived shorter.
                journal.observed(controller.board().clusters().get("main").observation());
            }
        }
        return data;
    }
}
