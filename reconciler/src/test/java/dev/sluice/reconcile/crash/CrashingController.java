// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import dev.sluice.drive.artifacts.Progress;
import dev.sluice.reconcile.git.GitRemote;
import dev.sluice.reconcile.git.GitSource;
import dev.sluice.reconcile.git.HermeticSystem;
import dev.sluice.reconcile.journal.JobMemory;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.loop.Controller;
import dev.sluice.reconcile.loop.JobRepository;
import dev.sluice.reconcile.service.Installation;
import dev.sluice.reconcile.service.LocalClusters;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * A controller in a process of its own, made of the real parts but for the page: folder, repository,
 * where it dies, which mistake it makes.
 */
final class CrashingController {
    private static final Controller.Pace PACE = new Controller.Pace(
            Duration.ofMillis(150), Duration.ofMillis(100), Duration.ofMillis(300));

    private CrashingController() {}

    /** Runs until it dies. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Trap trap = new Trap(folder, arguments[2]);
        Mistake mistake = Mistake.valueOf(arguments[3]);
        Path data = CrashWorld.data(folder);
        HermeticSystem.install(data);
        LocalClusters clusters = Installation.own().clusters(data, Progress.SILENT);
        Journal journal = Journal.open(data);
        JobMemory memory = mistake.memory(new TrappedMemory(journal, trap));
        Controller.start(
                        "controller-" + ProcessHandle.current().pid() + "-" + System.nanoTime(),
                        "test",
                        journal,
                        memory,
                        GitSource.open(
                                data,
                                new GitRemote(arguments[1], JobRepository.BRANCH),
                                Clock.systemUTC()),
                        cluster -> new TrappedDriver(
                                mistake.driver(clusters.open(cluster)),
                                trap,
                                folder,
                                Trap.compiles(arguments[2])),
                        PACE)
                .awaitEnd();
    }
}
