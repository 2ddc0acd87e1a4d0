// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.Place;
import dev.sluice.drive.isolation.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data directory that two hosts or containers see. */
class OtherPlaceTest {
    private static final Place STARTED = new Place("alpha", "m1", "boot1", "pid:[1]");
    private static final long NO_PROCESS = Long.MAX_VALUE;

    @TempDir
    Path folder;

    private ClusterFolder cluster;

    @BeforeEach
    void startElsewhere() throws IOException {
        cluster = new ClusterFolder(folder.resolve("flink-1.20"));
        Files.createDirectories(cluster.path());
        cluster.session()
                .write(new ClusterFile(
                        "1.20", "home", new Ports(1, 2), NO_PROCESS, NO_PROCESS, STARTED));
    }

    @Test
    void aClusterOfAnotherHostIsNeitherSupervisedNorEnded() {
        LocalCluster other = at(new Place("beta", "m2", "boot9", "pid:[1]"));

        IOException refused = assertThrows(IOException.class, other::connect);

        assertTrue(refused.getMessage().contains("alpha, on another host"), refused::getMessage);
        assertThrows(IOException.class, other::stop);
        assertTrue(cluster.session().isThere());
    }

    @Test
    void aClusterOfAnotherContainerOnTheSameHostIsRefusedToo() {
        LocalCluster other = at(new Place("c0ffee", "-", "boot1", "pid:[2]"));

        IOException refused = assertThrows(IOException.class, other::connect);

        assertTrue(refused.getMessage().contains("another container"), refused::getMessage);
    }

    @Test
    void afterARestartOfTheHostTheClusterIsKnownToBeDead() throws IOException {
        LocalCluster same = at(new Place("alpha", "m1", "boot2", "pid:[1]"));

        assertEquals(Optional.empty(), same.connect());
    }

    @Test
    void aFileOfAnEarlierVersionIsRead() throws IOException {
        Path file = cluster.path().resolve("cluster.json");
        String old = Files.readString(file).replaceFirst("(?s),\\s*\"place\".*?\\}", "");
        Files.writeString(file, old);

        assertEquals(Optional.of(Place.UNKNOWN), cluster.session().read().map(ClusterFile::place));
    }

    private LocalCluster at(Place place) {
        LocalOptions options = LocalOptions.of("local", folder, WorkerSettings.of(folder, folder));
        return new LocalCluster("1.20", options, FreePorts.ofSystem(), Clock.systemUTC(), place);
    }
}
