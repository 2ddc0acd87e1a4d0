// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.Place;
import dev.sluice.drive.artifacts.FlinkHomes;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.isolation.WorkerSettings;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Proof;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that was started once, and whose Flink has been removed since. */
class UnusableVersionTest {
    private static final JobKey KEY = new JobKey("repo", "test", "shop", "orders");
    private static final long NO_PROCESS = Long.MAX_VALUE;

    @TempDir
    Path folder;

    private ClusterFolder cluster;

    @BeforeEach
    void makeFolder() throws IOException {
        cluster = new ClusterFolder(folder.resolve("flink-1.15"));
        Files.createDirectories(cluster.path());
    }

    @Test
    void blocksNoProofWhenNoneOfItsProcessesLives() throws IOException {
        write(Place.here());

        assertEquals(Proof.Verdict.ABSENT, prove().verdict());
    }

    @Test
    void provesNothingWhereItsProcessesCannotBeSeen() throws IOException {
        write(new Place("elsewhere", "m0", "b0", "p0"));

        assertEquals(Proof.Verdict.UNKNOWN, prove().verdict());
    }

    @Test
    void provesNothingWhileOneOfItsProcessesLives() throws IOException {
        write(Place.here());
        // Reads its input, which nobody closes before the end of the test.
        Process running = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "read unused",
                        FlinkProcess.marker(cluster.path(), Role.TASK_MANAGER))
                .start();
        try {
            assertEquals(Proof.Verdict.UNKNOWN, prove().verdict());
        } finally {
            running.destroyForcibly();
        }
    }

    @Test
    void aTornFileIsToldWithWhatToDo() throws IOException {
        Files.writeString(cluster.path().resolve("cluster.json"), "{");

        Proof proof = prove();

        assertEquals(Proof.Verdict.UNKNOWN, proof.verdict());
        assertTrue(proof.evidence().get(0).contains("delete it"), proof::toString);
    }

    private void write(Place place) throws IOException {
        cluster.session()
                .write(new ClusterFile(
                        "1.15", "home", new Ports(1, 2), NO_PROCESS, NO_PROCESS, place));
    }

    private Proof prove() {
        LocalOptions usual = LocalOptions.of("local", folder, WorkerSettings.of(folder, folder));
        LocalOptions options = new LocalOptions(
                usual.cluster(),
                usual.directory(),
                usual.stateDirectory(),
                usual.slots(),
                usual.checkpointInterval(),
                usual.java(),
                new TreeMap<>(Map.of("1.15", folder.resolve("removed"))),
                usual.workers(),
                usual.scheduler());
        MavenLocation maven =
                new MavenLocation(URI.create("http://127.0.0.1:1"), folder.resolve("maven"));
        LocalClusters clusters = new LocalClusters(
                options,
                new FlinkHomes(folder.resolve("cache"), maven),
                at -> {},
                FreePorts.ofSystem(),
                Clock.systemUTC());
        try {
            return clusters.proveAbsent("1.15", List.of(JobId.of(KEY, 1)));
        } finally {
            clusters.close();
        }
    }
}
