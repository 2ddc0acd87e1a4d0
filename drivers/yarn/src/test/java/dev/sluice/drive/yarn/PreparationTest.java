// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.isolation.WorkerSettings;
import dev.sluice.drive.rest.FileStateStorage;
import dev.sluice.drive.rest.FolderFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is used of folders that somebody else made, and that nobody waits for downloads. */
class PreparationTest {
    private static final List<String> PARTS = List.of(
            "flink-runtime-1.20.1.jar",
            "flink-runtime-web-1.20.1.jar",
            "flink-clients-1.20.1.jar",
            "flink-table-planner_2.12-1.20.1.jar",
            "flink-table-runtime-1.20.1.jar",
            "flink-table-api-java-uber-1.20.1.jar");

    @TempDir
    Path folder;

    private final CountDownLatch mayDownload = new CountDownLatch(1);
    private Preparation preparation;

    @BeforeEach
    void open() {
        preparation = new Preparation(
                new YarnOptions(
                        "lake",
                        folder,
                        Optional.empty(),
                        URI.create("hdfs://names/flink"),
                        new TreeMap<>(Map.of("1.20", folder.resolve("own"))),
                        WorkerSettings.of(folder.resolve("worker.jar"), folder.resolve("sql.jar")),
                        folder,
                        new TreeMap<>(),
                        new TreeMap<>()),
                folder.resolve("cache"),
                new MavenLocation(folder.resolve("remote").toUri(), folder.resolve("local")),
                new Libraries(new FolderFiles(folder.resolve("state")), (file, target) -> {}),
                new FileStateStorage(new FolderFiles(folder.resolve("state"))),
                this::downloading,
                Clock.systemUTC());
    }

    private void downloading(Progress.At at) {
        try {
            mayDownload.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() {
        mayDownload.countDown();
        preparation.close();
    }

    @Test
    void aVersionThatHasToBeFetchedIsWaitedForByNobody() throws Exception {
        Optional<String> waits = preparation.waitsFor("2.2");

        ArtifactFailure failure =
                assertThrows(ArtifactFailure.class, () -> preparation.home("2.2"));

        assertEquals(Optional.of("Flink 2.2.0 is being put together"), waits);
        assertTrue(failure.isRetryable());
    }

    @Test
    void aFolderWithADistributionOfFlinkIsUsedAsItIs() throws Exception {
        put("flink-dist-1.20.1.jar");

        FlinkHome home = preparation.home("1.20");

        assertEquals(Optional.empty(), preparation.waitsFor("1.20"));
        assertEquals(folder.resolve("own/lib").toRealPath(), home.lib());
    }

    @Test
    void aFolderWithPartsOfFlinkOnlyIsRefusedWithWhatToDo() throws Exception {
        put("log4j-slf4j-impl-2.jar");

        ArtifactFailure failure =
                assertThrows(ArtifactFailure.class, () -> preparation.home("1.20"));

        assertTrue(failure.getMessage().contains("no flink-dist-*.jar in "), failure::toString);
        assertTrue(failure.getMessage().contains("leave it out of flinkHomes"), failure::toString);
    }

    private void put(String more) throws IOException {
        Path lib = Files.createDirectories(folder.resolve("own/lib"));
        for (String part : PARTS) {
            Files.writeString(lib.resolve(part), part);
        }
        Files.writeString(lib.resolve(more), more);
    }
}
