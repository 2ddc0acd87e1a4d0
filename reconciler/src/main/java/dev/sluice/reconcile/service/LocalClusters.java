// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.Driver;
import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.artifacts.ArtifactFiles;
import dev.sluice.drive.artifacts.FlinkHomes;
import dev.sluice.drive.artifacts.HomeAssembly;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.isolation.WorkerSettings;
import dev.sluice.drive.kubernetes.KubernetesDriver;
import dev.sluice.drive.local.LocalDriver;
import dev.sluice.drive.local.LocalOptions;
import dev.sluice.drive.local.LocalOptions.Scheduler;
import dev.sluice.drive.rest.FolderFiles;
import dev.sluice.drive.rest.StateFiles;
import dev.sluice.drive.session.Submissions;
import dev.sluice.drive.yarn.YarnDriver;
import dev.sluice.reconcile.loop.DriverFactory;
import dev.sluice.reconcile.loop.SteadyClock;
import dev.sluice.reconcile.service.CarryingDriver.Sees;
import dev.sluice.spec.Artifact;
import dev.sluice.spec.Cluster;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Opens the drivers of this version of Sluice: clusters of kind {@code local}, {@code standalone},
 * {@code yarn} and {@code kubernetes}. Another kind gets a driver that says so and never acts, because
 * an environment may well name clusters of several kinds.
 */
public final class LocalClusters implements DriverFactory {
    private final Path dataDirectory;
    private final WorkerSettings workers;
    private final Path cache;
    private final MavenLocation maven;
    private final Progress progress;
    private final Clock clock = SteadyClock.fromNow();
    private final List<LocalDriver> opened = new ArrayList<>();
    private final Map<String, StateFiles> states = new ConcurrentHashMap<>();

    /**
     * @param dataDirectory each cluster gets a folder below it
     * @param workers how processes are run that look at programs and state
     * @param cache where Flink homes are kept
     */
    public LocalClusters(
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

    @Override
    public synchronized Driver open(Cluster cluster) {
        if (cluster instanceof Cluster.Standalone standalone) {
            return open(standalone);
        }
        if (cluster instanceof Cluster.Yarn yarn) {
            return open(yarn);
        }
        if (cluster instanceof Cluster.Kubernetes kubernetes) {
            return open(kubernetes);
        }
        if (!(cluster instanceof Cluster.Local local)) {
            return unserved(
                    cluster,
                    "this version of Sluice has no driver for clusters of kind " + cluster.kind());
        }
        Path directory = dataDirectory.resolve("clusters").resolve(cluster.name());
        TreeMap<String, Path> homes = new TreeMap<>();
        local.flinkHomes().forEach((version, folder) -> homes.put(version, Path.of(folder)));
        LocalOptions options = LocalOptions.of(cluster.name(), directory, workers)
                .withHomes(homes)
                .withScheduler(local.isAdaptive() ? Scheduler.ADAPTIVE : Scheduler.USUAL);
        LocalOptions chosen = cluster.basics()
                .stateDir()
                .map(LocalClusters::path)
                .map(options::withStateDirectory)
                .orElse(options);
        LocalDriver driver = new LocalDriver(
                chosen,
                cache,
                maven,
                new Secrets(System.getenv(), dataDirectory)::value,
                progress,
                clock);
        opened.add(driver);
        return carrying(cluster, driver, new FolderFiles(chosen.stateDirectory()), Sees.EVERYTHING);
    }

    /** Jobs may move between clusters of kinds whose state lies in different places. */
    private Driver carrying(Cluster cluster, Driver driver, StateFiles state, Sees sees) {
        states.put(cluster.name(), state);
        return new CarryingDriver(driver, state, sees, this::stateOf, clock);
    }

    private Optional<StateFiles> stateOf(String url) {
        return states.values().stream().filter(state -> state.owns(url)).findFirst();
    }

    private Driver open(Cluster.Standalone cluster) {
        try {
            return new StandaloneClusters(
                            StandaloneAccess.of(dataDirectory),
                            new Submissions(
                                    new ArtifactFiles(cache, maven, progress), workers.runnerJar()),
                            () -> new HomeAssembly(new FlinkHomes(cache, maven), progress),
                            workers)
                    .open(cluster);
        } catch (IOException e) {
            return unserved(cluster, e.getMessage());
        }
    }

    private Driver open(Cluster.Kubernetes cluster) {
        try {
            KubernetesDriver driver = new KubernetesClusters(
                            dataDirectory, workers, cache, maven, progress)
                    .open(cluster);
            return carrying(cluster, driver, driver.state(), Sees.ITS_STATE);
        } catch (IOException e) {
            return unserved(cluster, e.getMessage());
        }
    }

    private Driver open(Cluster.Yarn cluster) {
        YarnClusters clusters = new YarnClusters(dataDirectory, workers, cache, maven, progress);
        return new OpeningDriver(
                cluster.name(), () -> opened(cluster, clusters), SteadyClock.fromNow());
    }

    private Driver opened(Cluster.Yarn cluster, YarnClusters clusters)
            throws IOException, ArtifactFailure {
        YarnDriver driver = clusters.open(cluster);
        return carrying(cluster, driver, driver.state(), Sees.EVERYTHING);
    }

    private static Driver unserved(Cluster cluster, String why) {
        return new UnservedDriver(cluster.name(), why, SteadyClock.fromNow());
    }

    @Override
    public void supply(Artifact file, Supplier<byte[]> content) throws ArtifactFailure {
        ArtifactFiles artifacts = new ArtifactFiles(cache, maven, progress);
        if (!artifacts.isHere(file)) {
            artifacts.keep(file, content.get());
        }
    }

    /** A local cluster's state is on this machine, so {@code file:} says no more than the path. */
    private static Path path(String stateDir) {
        return stateDir.startsWith("file:")
                ? Path.of(URI.create(stateDir).getPath())
                : Path.of(stateDir);
    }

    /** Ends every Flink process that was started for these clusters. Their jobs die with them. */
    public synchronized void stopAll() throws IOException {
        for (LocalDriver driver : opened) {
            driver.stopClusters();
        }
    }
}
