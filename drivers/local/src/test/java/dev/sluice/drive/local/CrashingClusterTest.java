// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.artifacts.JavaHomes;
import dev.sluice.drive.contract.HandClock;
import dev.sluice.drive.contract.Settling;
import dev.sluice.drive.isolation.WorkerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Java that ends at once, or is not there. */
class CrashingClusterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private Path starts;
    private Path java;
    private final HandClock clock = new HandClock();

    @BeforeEach
    void writeJava() throws IOException {
        starts = folder.resolve("starts.txt");
        java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(
                java,
                "#!/bin/sh\ncase \"$*\" in *process=jobmanager*) echo start >> '" + starts
                        + "';; esac\nexit 1\n");
        assertTrue(java.toFile().setExecutable(true));
    }

    @Test
    void aJobManagerThatDiesAtOnceIsStartedLaterAndLater() throws IOException {
        LocalCluster cluster = cluster(java);
        int[] secondsSinceTheLastLook = {0, 0, 1, 0, 1, 1, 1, 3, 1};
        int[] expected = {1, 1, 2, 2, 2, 3, 3, 4, 4};

        for (int look = 0; look < expected.length; look++) {
            clock.pass(secondsSinceTheLastLook[look]);
            look(cluster);
            int seen = look;
            assertEquals(expected[look], startsWhenQuiet(cluster), () -> "look " + seen);
        }
        String trouble = cluster.trouble().orElseThrow();
        assertTrue(trouble.contains("4 times"), trouble);
        assertTrue(trouble.contains("jobmanager.log"), trouble);
    }

    @Test
    void aPortThatSomebodyElseHasTakenMeanwhileIsLeftToThem() throws IOException {
        LocalCluster cluster = cluster(java);
        look(cluster);
        startsWhenQuiet(cluster);
        Ports before = ports();

        try (ServerSocket taken =
                new ServerSocket(before.rest(), 1, InetAddress.getLoopbackAddress())) {
            clock.pass(60);
            look(cluster);

            assertEquals(2, startsWhenQuiet(cluster));
            assertNotEquals(taken.getLocalPort(), ports().rest());
        }
    }

    private Ports ports() throws IOException {
        return new ClusterFolder(folder.resolve("c/flink-1.20"))
                .session()
                .read()
                .orElseThrow()
                .ports();
    }

    @Test
    void aJavaThatIsNotThereIsToldAndNothingIsStarted() {
        LocalCluster cluster = cluster(folder.resolve("no/such/java"));

        IOException refused = assertThrows(IOException.class, () -> cluster.supervise(home()));

        assertTrue(
                refused.getMessage().contains("none at " + folder.resolve("no/such/java")),
                refused::getMessage);
        assertEquals(Optional.empty(), cluster.trouble());
    }

    private void look(LocalCluster cluster) throws IOException {
        cluster.supervise(home());
    }

    /** The number of starts once every process of the cluster has ended. */
    private int startsWhenQuiet(LocalCluster cluster) throws IOException {
        Settling.until(PATIENCE, cluster::isAnyProcessAlive, isAlive -> !isAlive);
        List<String> lines = Files.exists(starts) ? Files.readAllLines(starts) : List.of();
        return lines.size();
    }

    private LocalCluster cluster(Path executable) {
        LocalOptions usual =
                LocalOptions.of("local", folder.resolve("c"), WorkerSettings.of(folder, folder));
        LocalOptions options = new LocalOptions(
                usual.cluster(),
                usual.directory(),
                usual.stateDirectory(),
                usual.slots(),
                usual.checkpointInterval(),
                new JavaHomes(List.of(executable), List.of()),
                usual.homes(),
                usual.workers(),
                usual.scheduler());
        return new LocalCluster("1.20", options, FreePorts.ofSystem(), clock);
    }

    private FlinkHome home() {
        return new FlinkHome(
                FlinkReleases.bundled().find("1.20").orElseThrow(), folder.resolve("home"));
    }
}
