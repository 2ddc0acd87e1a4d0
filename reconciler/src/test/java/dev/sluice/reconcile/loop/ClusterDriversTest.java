// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.drive.testing.InMemoryCluster;
import dev.sluice.drive.testing.InMemoryDriver;
import dev.sluice.spec.Cluster;
import dev.sluice.spec.ClusterBasics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A driver out of force holds its threads no longer than a call under way needs it. */
class ClusterDriversTest {
    private final List<String> closed = new ArrayList<>();
    private final ClusterDrivers drivers = new ClusterDrivers(Closing::new);

    @Test
    void oneThatNobodyUsesIsClosedWhenItGoesOutOfForce() {
        drivers.put(entry("a"));

        drivers.put(entry("b"));

        assertEquals(List.of("a"), closed);
        drivers.drop("main");
        assertEquals(List.of("a", "b"), closed);
    }

    @Test
    void oneThatIsBeingAskedIsClosedWhenItHasAnswered() {
        drivers.put(entry("a"));

        List<String> during = drivers.ask("main", driver -> {
            drivers.put(entry("b"));
            return List.copyOf(closed);
        });

        assertEquals(List.of(), during);
        assertEquals(List.of("a"), closed);
    }

    @Test
    void theDriverOfAClusterThatIsGoneReadsItsStorageUntilItGoesOutOfForce() {
        drivers.put(entry("a"));

        drivers.gone("main");
        drivers.gone("main");

        assertEquals(List.of(), closed);
        drivers.drop("main");
        assertEquals(List.of("a"), closed);
    }

    private static Cluster entry(String stateDirectory) {
        return new Cluster.Local(new ClusterBasics(
                "main", Optional.of(stateDirectory), new TreeMap<>(), Optional.empty()));
    }

    private final class Closing extends ForwardingDriver {
        private final String stateDirectory;

        Closing(Cluster cluster) {
            super(new InMemoryDriver(
                    "main",
                    List.of("1.20"),
                    new InMemoryCluster(Clock.systemUTC()),
                    Clock.systemUTC()));
            this.stateDirectory = cluster.basics().stateDir().orElseThrow();
        }

        @Override
        public void close() {
            closed.add(stateDirectory);
        }
    }
}
