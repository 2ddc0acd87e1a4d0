// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.Place;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.isolation.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data directory that was moved while its Flink runs. */
class OtherPathTest {
    @TempDir
    Path folder;

    private Process running;

    @BeforeEach
    void startUnderTheOldPath() throws IOException {
        Path old = folder.resolve("old").resolve("flink-1.20");
        // Reads its input, which nobody closes before the end of the test.
        running = new ProcessBuilder(
                        "/bin/sh", "-c", "read unused", FlinkProcess.marker(old, Role.JOB_MANAGER))
                .start();
    }

    @AfterEach
    void end() {
        running.destroyForcibly();
    }

    @Test
    void aClusterThatRunsUnderAnotherPathIsNotStartedASecondTime() throws IOException {
        Path moved = Files.createDirectories(folder.resolve("moved"));
        ClusterFolder cluster = new ClusterFolder(moved.resolve("flink-1.20"));
        Files.createDirectories(cluster.path());
        long pid = running.pid();
        cluster.session()
                .write(new ClusterFile("1.20", "home", new Ports(1, 2), pid, pid, Place.here()));
        LocalOptions options = LocalOptions.of("local", moved, WorkerSettings.of(moved, moved));
        LocalCluster local =
                new LocalCluster("1.20", options, FreePorts.ofSystem(), Clock.systemUTC());

        IOException refused = assertThrows(IOException.class, () -> local.supervise(home()));

        assertTrue(refused.getMessage().contains("old"), refused::getMessage);
        assertEquals(List.of(), FlinkProcess.all(cluster.path()));
        assertTrue(running.isAlive());
    }

    private FlinkHome home() {
        return new FlinkHome(
                FlinkReleases.bundled().find("1.20").orElseThrow(), folder.resolve("home"));
    }
}
