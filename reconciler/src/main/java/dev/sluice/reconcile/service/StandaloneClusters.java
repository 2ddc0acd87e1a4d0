// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.artifacts.HomeAssembly;
import dev.sluice.drive.isolation.FlinkWorkers;
import dev.sluice.drive.isolation.WorkerSettings;
import dev.sluice.drive.session.Submissions;
import dev.sluice.drive.standalone.StandaloneDriver;
import dev.sluice.reconcile.loop.SteadyClock;
import dev.sluice.spec.Cluster;
import java.io.IOException;
import java.util.function.Supplier;

/** From the entry of a standalone cluster to its driver. */
final class StandaloneClusters {
    private final StandaloneAccess access;
    private final Submissions submissions;
    private final Supplier<HomeAssembly> homes;
    private final WorkerSettings workers;

    StandaloneClusters(
            StandaloneAccess access,
            Submissions submissions,
            Supplier<HomeAssembly> homes,
            WorkerSettings workers) {
        this.access = access;
        this.submissions = submissions;
        this.homes = homes;
        this.workers = workers;
    }

    /**
     * The driver of a cluster; nobody has asked the cluster anything yet.
     *
     * @throws IOException when the entry cannot be served here: a secret or a file is missing, or its
     *     state directory is not one that this machine sees as a folder
     */
    StandaloneDriver open(Cluster.Standalone cluster) throws IOException {
        FlinkReleases releases = FlinkReleases.bundled();
        FlinkRelease release = releases.find(cluster.version())
                .orElseThrow(() -> new IOException("Flink " + cluster.version()
                        + " is not known; known are " + releases.minors()));
        return new StandaloneDriver(
                cluster.name(),
                access.access(cluster),
                release,
                StandaloneAccess.stateDirectory(cluster),
                submissions,
                homes.get(),
                new FlinkWorkers(workers),
                SteadyClock.fromNow());
    }
}
