// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.Driver;
import dev.sluice.spec.Cluster;
import dev.sluice.spec.Environment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The drivers of an environment's clusters, opened when a cluster first comes into force.
 *
 * <p>An entry that disappears from the environment stays in force: jobs may run there, and losing
 * sight of them would be the first step to running them twice.
 */
final class ClusterDrivers implements Drivers {
    private record Entry(Cluster cluster, Driver driver) {}

    private final DriverFactory factory;
    private final Map<String, Entry> entries = new ConcurrentSkipListMap<>();

    ClusterDrivers(DriverFactory factory) {
        this.factory = requireNonNull(factory, "factory is null");
    }

    /** Puts the clusters of an environment into force; a known name keeps its driver. */
    void adopt(Environment environment) {
        environment
                .clusters()
                .forEach((name, cluster) -> entries.computeIfAbsent(
                        name, fresh -> new Entry(cluster, factory.open(cluster))));
    }

    @Override
    public Driver of(String cluster) {
        Entry entry = entries.get(cluster);
        if (entry == null) {
            throw new IllegalArgumentException(
                    "no cluster of that name was ever in force: " + cluster);
        }
        return entry.driver();
    }

    @Override
    public List<String> clusters() {
        return List.copyOf(entries.keySet());
    }

    /** The entry of a cluster, as it came into force. */
    Optional<Cluster> cluster(String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::cluster);
    }

    @Override
    public void close() {
        entries.values().forEach(entry -> entry.driver().close());
    }
}
