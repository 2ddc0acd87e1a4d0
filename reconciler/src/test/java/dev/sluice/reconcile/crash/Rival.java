// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import dev.sluice.drive.artifacts.Progress;
import dev.sluice.reconcile.git.GitRemote;
import dev.sluice.reconcile.git.GitSource;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.loop.Board;
import dev.sluice.reconcile.loop.Controller;
import dev.sluice.reconcile.loop.JobRepository;
import dev.sluice.reconcile.service.Installation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * A controller with a data directory of its own that wants another version of the same job on the same
 * Flink cluster, which is a standalone one for it.
 */
final class Rival implements AutoCloseable {
    private static final Controller.Pace PACE = new Controller.Pace(
            Duration.ofMillis(200), Duration.ofMillis(100), Duration.ofMillis(300));

    private final JobRepository repository;
    private final Journal journal;
    private final GitSource source;
    private final Controller controller;

    /** @param state where the cluster keeps savepoints and checkpoints, and the mark of its owner */
    Rival(Path folder, URI flink, String flinkVersion, Path state) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        repository = new JobRepository(folder.resolve("jobs.git"));
        repository.commit("Begin", files -> {
            CountingJob.write(files, folder.resolve("output"), Setting.session(flinkVersion));
            CountingJob.change(files, 1_000_000);
            CountingJob.cluster(
                    files,
                    "{kind: standalone, url: \"" + flink + "\", version: \"" + flinkVersion
                            + "\", stateDir: \"" + state.toUri() + "\"}");
        });
        journal = Journal.open(data);
        source = GitSource.open(
                data, new GitRemote(repository.url(), JobRepository.BRANCH), Clock.systemUTC());
        controller = Controller.start(
                "rival",
                "test",
                journal,
                source,
                Installation.own().clusters(data, Progress.SILENT),
                PACE);
    }

    Board board() {
        return controller.board();
    }

    @Override
    public void close() {
        controller.close();
        source.close();
        journal.close();
        repository.close();
    }
}
