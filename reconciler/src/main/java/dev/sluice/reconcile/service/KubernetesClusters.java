// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.isolation.WorkerSettings;
import dev.sluice.drive.kubernetes.KubeAccess;
import dev.sluice.drive.kubernetes.Kubeconfig;
import dev.sluice.drive.kubernetes.KubernetesDriver;
import dev.sluice.drive.kubernetes.KubernetesOptions;
import dev.sluice.spec.Cluster;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;

/** Opens drivers of clusters of kind {@code kubernetes}. */
final class KubernetesClusters {
    private final Path dataDirectory;
    private final WorkerSettings workers;
    private final Path cache;
    private final MavenLocation maven;
    private final Progress progress;

    KubernetesClusters(
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
     * Reads the kubeconfig and asks nobody.
     *
     * @throws IOException when the entry cannot be served here, with what is missing
     */
    KubernetesDriver open(Cluster.Kubernetes cluster) throws IOException {
        Path state = stateDirectory(cluster);
        KubernetesOptions options = new KubernetesOptions(
                cluster.name(),
                cluster.namespace(),
                cluster.images(),
                state,
                dataDirectory.resolve("clusters").resolve(cluster.name()),
                workers,
                cluster.basics().sessions());
        return new KubernetesDriver(
                options, access(cluster), cache, maven, progress, Clock.systemUTC());
    }

    private static KubeAccess access(Cluster.Kubernetes cluster) throws IOException {
        return cluster.kubeconfig().isPresent()
                ? Kubeconfig.read(Path.of(cluster.kubeconfig().get()), cluster.context())
                : Kubeconfig.inCluster(System.getenv());
    }

    private static Path stateDirectory(Cluster.Kubernetes cluster) throws IOException {
        String named = cluster.basics()
                .stateDir()
                .orElseThrow(() -> new IOException("cluster " + cluster.name()
                        + " has no stateDir: name a folder that every pod mounts by this path"));
        if (named.startsWith("/")) {
            return Path.of(named);
        }
        if (named.startsWith("file:/")) {
            return Path.of(URI.create(named).getPath());
        }
        throw new IOException("cluster " + cluster.name() + " keeps state in " + named
                + ", and this version of Sluice reads state of Kubernetes from a folder that it and"
                + " every pod mount by the same path");
    }
}
