// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.isolation.WorkerSettings;
import dev.sluice.spec.ClusterBasics;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A cluster of kind {@code kubernetes}.
 *
 * @param cluster its name in the environment
 * @param namespace of all its jobs
 * @param images Flink minor version to an image
 * @param stateDirectory savepoints, checkpoints and programs; the same path here and in every pod
 * @param directory of this machine, for logs of pods that failed
 * @param workers how processes are run that make objects; their runner runs SQL jobs
 * @param sessions declared session clusters by name
 */
public record KubernetesOptions(
        String cluster,
        String namespace,
        SortedMap<String, String> images,
        Path stateDirectory,
        Path directory,
        WorkerSettings workers,
        SortedMap<String, ClusterBasics.Session> sessions) {
    public KubernetesOptions {
        requireNonNull(cluster, "cluster is null");
        requireNonNull(namespace, "namespace is null");
        images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
        stateDirectory = stateDirectory.toAbsolutePath().normalize();
        directory = directory.toAbsolutePath().normalize();
        requireNonNull(workers, "workers is null");
        sessions = Collections.unmodifiableSortedMap(new TreeMap<>(sessions));
    }
}
