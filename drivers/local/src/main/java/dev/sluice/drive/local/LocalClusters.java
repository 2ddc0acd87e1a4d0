// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.artifacts.ExistingHome;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.FlinkHomes;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.artifacts.HomeAssembly;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.local.LocalCluster.Connection;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.Proof.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The session clusters of one directory, one per Flink version, each started when it is needed. */
final class LocalClusters {
    private final FlinkReleases releases = FlinkReleases.bundled();
    private final LocalOptions options;
    private final HomeAssembly homes;
    private final SortedMap<String, LocalCluster> byVersion;

    LocalClusters(
            LocalOptions options,
            FlinkHomes homes,
            Progress progress,
            FreePorts ports,
            Clock clock) {
        this.options = options;
        this.homes = new HomeAssembly(homes, progress);
        TreeMap<String, LocalCluster> clusters = new TreeMap<>();
        releases.minors()
                .forEach(minor ->
                        clusters.put(minor, new LocalCluster(minor, options, ports, clock)));
        this.byVersion = Collections.unmodifiableSortedMap(clusters);
    }

    /** Every version that could be run. */
    List<String> all() {
        return List.copyOf(byVersion.keySet());
    }

    /** The versions that somebody started; one whose file cannot be read counts. */
    List<String> wanted() {
        List<String> wanted = new ArrayList<>();
        byVersion.forEach((version, cluster) -> {
            if (cluster.isWanted()) {
                wanted.add(version);
            }
        });
        return wanted;
    }

    FlinkRelease release(String version) {
        return releases.find(version)
                .orElseThrow(() -> new IllegalStateException("asked for unknown Flink " + version));
    }

    /** Brings the cluster up as far as it goes without waiting; present when its processes live. */
    Optional<Connection> up(String version) throws ArtifactFailure, IOException {
        LocalCluster cluster = byVersion.get(version);
        Optional<Connection> connection = cluster.connect();
        if (connection.isPresent()) {
            return connection;
        }
        Optional<FlinkHome> home = home(release(version));
        return home.isPresent() ? cluster.supervise(home.get()) : Optional.empty();
    }

    /** The home of a version; empty while it is made. */
    Optional<FlinkHome> home(String version) throws ArtifactFailure {
        return home(release(version));
    }

    private Optional<FlinkHome> home(FlinkRelease release) throws ArtifactFailure {
        Path declared = options.homes().get(release.minor());
        return declared == null
                ? homes.home(release)
                : Optional.of(ExistingHome.inspect(declared, release).require());
    }

    /** What is being waited for. */
    String doing(String version) {
        String usual =
                "Flink " + version + (isHere(version) ? " is starting" : " is being downloaded");
        return byVersion.get(version).trouble().orElse(usual);
    }

    private boolean isHere(String version) {
        return options.homes().containsKey(version) || homes.isReady(release(version));
    }

    Proof proveAbsent(String version, List<JobId> attempts) {
        LocalCluster cluster = byVersion.get(version);
        try {
            Optional<Connection> connection = cluster.isWanted() ? up(version) : Optional.empty();
            if (connection.isPresent()) {
                return connection.get().session().proveAbsent(attempts);
            }
            return cluster.isAnyProcessAlive()
                    ? new Proof(
                            Verdict.UNKNOWN, List.of("Flink " + version + " is between two states"))
                    : new Proof(
                            Verdict.ABSENT,
                            List.of("no process of local Flink " + version + " is alive"));
        } catch (ArtifactFailure | IOException e) {
            return proveEnded(version, cluster, e.getMessage());
        }
    }

    /** What can no longer be started need not be asked: it proves as much that nothing of it lives. */
    private static Proof proveEnded(String version, LocalCluster cluster, String trouble) {
        try {
            return cluster.isEnded()
                    ? new Proof(
                            Verdict.ABSENT,
                            List.of("no process of local Flink " + version + " is alive"))
                    : new Proof(Verdict.UNKNOWN, List.of("Flink " + version + ": " + trouble));
        } catch (IOException e) {
            return new Proof(Verdict.UNKNOWN, List.of("Flink " + version + ": " + e.getMessage()));
        }
    }

    void stop() throws IOException {
        for (LocalCluster cluster : byVersion.values()) {
            cluster.stop();
        }
    }

    void close() {
        homes.close();
    }
}
