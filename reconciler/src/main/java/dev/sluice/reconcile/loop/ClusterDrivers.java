// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.Driver;
import dev.sluice.spec.Cluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The drivers of the cluster entries in force. Which entry is in force {@link ClusterRegister} says.
 */
final class ClusterDrivers implements Drivers {
    private record Entry(Cluster cluster, Driver driver) {}

    private final DriverFactory factory;
    private final Map<String, Entry> entries = new ConcurrentSkipListMap<>();

    /** Drivers out of force; a call under way may still use one, so they are closed at the end. */
    private final ConcurrentLinkedQueue<Driver> retired = new ConcurrentLinkedQueue<>();

    ClusterDrivers(DriverFactory factory) {
        this.factory = requireNonNull(factory, "factory is null");
    }

    /** Puts an entry into force, in the place of the one that had its name. */
    void put(Cluster cluster) {
        retire(entries.put(cluster.name(), new Entry(cluster, factory.open(cluster))));
    }

    /** The cluster is gone for good, a person says: its jobs run no more, its storage may be read. */
    void gone(String name) {
        entries.computeIfPresent(
                name,
                (same, entry) -> entry.driver() instanceof GoneDriver
                        ? entry
                        : new Entry(entry.cluster(), new GoneDriver(name, entry.driver())));
    }

    void drop(String name) {
        retire(entries.remove(name));
    }

    private void retire(Entry entry) {
        if (entry != null) {
            retired.add(entry.driver());
        }
    }

    @Override
    public Driver of(String cluster) {
        Entry entry = entries.get(cluster);
        if (entry == null) {
            throw new IllegalArgumentException("no cluster of that name is in force: " + cluster);
        }
        return entry.driver();
    }

    @Override
    public List<String> clusters() {
        return List.copyOf(entries.keySet());
    }

    /** The entry of a cluster in force. */
    Optional<Cluster> cluster(String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::cluster);
    }

    boolean isGone(String name) {
        return Optional.ofNullable(entries.get(name))
                .filter(entry -> entry.driver() instanceof GoneDriver)
                .isPresent();
    }

    @Override
    public void close() {
        entries.values().forEach(entry -> entry.driver().close());
        retired.forEach(Driver::close);
    }
}
