// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.isolation.WorkerSettings;
import dev.sluice.drive.yarn.YarnDriver;
import dev.sluice.drive.yarn.YarnOptions;
import dev.sluice.spec.Cluster;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.TreeMap;

/** From the entry of a YARN cluster to its driver. */
final class YarnClusters {
    private final Path dataDirectory;
    private final WorkerSettings workers;
    private final Path cache;
    private final MavenLocation maven;
    private final Progress progress;

    YarnClusters(
            Path dataDirectory,
            WorkerSettings workers,
            Path cache,
            MavenLocation maven,
            Progress progress) {
        this.dataDirectory = requireNonNull(dataDirectory, "dataDirectory is null");
        this.workers = requireNonNull(workers, "workers is null");
        this.cache = requireNonNull(cache, "cache is null");
        this.maven = requireNonNull(maven, "maven is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    /**
     * The driver of a cluster; nobody has asked the cluster anything yet.
     *
     * @throws IOException when the entry cannot be served here
     */
    YarnDriver open(Cluster.Yarn cluster) throws IOException, ArtifactFailure {
        TreeMap<String, Path> homes = new TreeMap<>();
        cluster.flinkHomes().forEach((version, folder) -> homes.put(version, Path.of(folder)));
        try {
            YarnOptions options = new YarnOptions(
                    cluster.name(),
                    Path.of(cluster.hadoopConfDir()),
                    cluster.kerberos().map(YarnOptions::keytab),
                    URI.create(cluster.basics().stateDir().orElse("")),
                    homes,
                    workers,
                    dataDirectory.resolve("clusters").resolve(cluster.name()),
                    new TreeMap<>(),
                    cluster.basics().sessions());
            return YarnDriver.open(options, cache, maven, progress, Clock.systemUTC());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "stateDir of cluster " + cluster.name() + ": " + e.getMessage(), e);
        }
    }
}
