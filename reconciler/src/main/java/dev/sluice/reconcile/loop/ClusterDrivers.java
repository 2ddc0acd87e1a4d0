// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.Driver;
import dev.sluice.spec.Cluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/**
 * The drivers of the cluster entries in force. Which entry is in force {@link ClusterRegister} says.
 *
 * <p>A driver that goes out of force is closed as soon as no call uses it any more: it may hold threads
 * and processes, and the controller runs for months.
 */
final class ClusterDrivers implements Drivers {
    private record Entry(Cluster cluster, InUse inUse, Driver driver) {}

    private final DriverFactory factory;
    private final Map<String, Entry> entries = new ConcurrentSkipListMap<>();

    ClusterDrivers(DriverFactory factory) {
        this.factory = requireNonNull(factory, "factory is null");
    }

    /** Puts an entry into force, in the place of the one that had its name. */
    void put(Cluster cluster) {
        Driver driver = factory.open(cluster);
        retire(entries.put(cluster.name(), new Entry(cluster, new InUse(driver), driver)));
    }

    /** The cluster is gone for good, a person says: its jobs run no more, its storage may be read. */
    void gone(String name) {
        entries.computeIfPresent(
                name,
                (same, entry) -> entry.driver() instanceof GoneDriver
                        ? entry
                        : new Entry(
                                entry.cluster(),
                                entry.inUse(),
                                new GoneDriver(name, entry.driver())));
    }

    void drop(String name) {
        retire(entries.remove(name));
    }

    private static void retire(Entry entry) {
        if (entry != null) {
            entry.inUse().retire();
        }
    }

    @Override
    public <T> T ask(String cluster, Function<Driver, T> question) {
        while (true) {
            Entry entry = entries.get(cluster);
            if (entry == null) {
                throw new IllegalArgumentException(
                        "no cluster of that name is in force: " + cluster);
            }
            // One that was retired at this very moment has a successor, or is gone from the map.
            if (entry.inUse().enter()) {
                try {
                    return question.apply(entry.driver());
                } finally {
                    entry.inUse().leave();
                }
            }
        }
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
        entries.values().forEach(entry -> entry.inUse().close());
    }

    /** Counts the calls under way, so that the last one of a retired driver closes it. */
    private static final class InUse {
        private final Driver driver;
        private int calls;
        private boolean isRetired;

        InUse(Driver driver) {
            this.driver = driver;
        }

        /** False when it is retired: another one is in force. */
        synchronized boolean enter() {
            if (!isRetired) {
                calls++;
            }
            return !isRetired;
        }

        void leave() {
            if (isLast()) {
                driver.close();
            }
        }

        private synchronized boolean isLast() {
            calls--;
            return isRetired && calls == 0;
        }

        void retire() {
            if (isIdle()) {
                driver.close();
            }
        }

        private synchronized boolean isIdle() {
            isRetired = true;
            return calls == 0;
        }

        /** At the end, whatever is under way. */
        void close() {
            driver.close();
        }
    }
}
