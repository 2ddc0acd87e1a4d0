// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.reconcile.git.GitRemote;
import dev.sluice.reconcile.git.GitSource;
import dev.sluice.reconcile.journal.Journal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** A controller in a process of its own on a {@link FolderCluster}: name, data, repository, cluster. */
final class FolderController {
    private FolderController() {}

    /** Runs until the process is ended. */
    public static void main(String[] arguments) throws Exception {
        Path data = Files.createDirectories(Path.of(arguments[1]));
        Path cluster = Path.of(arguments[3]);
        Duration often = Duration.ofMillis(50);
        Journal journal = Journal.open(data);
        GitSource source = GitSource.open(
                data, new GitRemote(arguments[2], JobRepository.BRANCH), Clock.systemUTC());
        Controller.start(
                        arguments[0],
                        "test",
                        journal,
                        source,
                        entry -> new FolderCluster(cluster, arguments[0]),
                        new Controller.Pace(often, often, often))
                .awaitEnd();
    }
}
