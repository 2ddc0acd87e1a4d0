// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What every cluster entry may say.
 *
 * @param stateDir root of checkpoints and savepoints, a path or a URI that every process of the
 *     cluster can reach; absent only on Kubernetes, where then only jobs with discardable state run
 * @param sessions declared session clusters by name
 * @param maxConcurrentRestarts 1 or more
 */
public record ClusterBasics(
        String name,
        Optional<String> stateDir,
        SortedMap<String, Session> sessions,
        Optional<Integer> maxConcurrentRestarts) {
    /**
     * A declared session cluster: one Flink version shared by many jobs.
     *
     * @param resources of its processes; the parallelism means nothing
     * @param yarn how YARN is to treat its application, as {@link RuntimeOptions#yarn} of a job
     * @param kubernetes what its pods are, as {@link RuntimeOptions#kubernetes} of a job
     * @param configuration of Flink, on Kubernetes only
     */
    public record Session(
            String version,
            Resources resources,
            SortedMap<String, String> yarn,
            SortedMap<String, String> kubernetes,
            SortedMap<String, String> configuration) {
        public Session {
            requireNonNull(version, "version is null");
            requireNonNull(resources, "resources is null");
            yarn = Collections.unmodifiableSortedMap(new TreeMap<>(yarn));
            kubernetes = Collections.unmodifiableSortedMap(new TreeMap<>(kubernetes));
            configuration = Collections.unmodifiableSortedMap(new TreeMap<>(configuration));
        }

        /** One that Kubernetes is told nothing about. */
        public Session(String version, Resources resources, SortedMap<String, String> yarn) {
            this(version, resources, yarn, new TreeMap<>(), new TreeMap<>());
        }
    }

    public ClusterBasics {
        Names.require(name, "cluster", 40);
        requireNonNull(stateDir, "stateDir is null");
        sessions = Collections.unmodifiableSortedMap(new TreeMap<>(sessions));
        requireNonNull(maxConcurrentRestarts, "maxConcurrentRestarts is null");
    }
}
