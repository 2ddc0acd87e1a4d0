// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.artifacts.JavaHomes;
import dev.sluice.drive.artifacts.MavenLocation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
    @TempDir
    Path folder;

    @Test
    void aProgramIsKeptFromAllThatIsLoadedByOthersLater() throws IOException {
        Path home = folder.resolve("sluice");
        Files.createDirectories(home.resolve("flink"));
        Files.createFile(home.resolve("flink").resolve("flink-worker-1.jar"));
        Files.createFile(home.resolve("flink").resolve("flink-sql-runner-1.jar"));
        Path cache = folder.resolve("cache");
        Path maven = folder.resolve("maven");
        Path data = folder.resolve("data");

        List<Path> hidden = new Installation(
                        home,
                        cache,
                        new MavenLocation(URI.create("http://127.0.0.1:1"), maven),
                        JavaHomes.own())
                .shielded(List.of(data))
                .hidden();

        assertTrue(hidden.containsAll(List.of(home, cache, maven, data)), hidden::toString);
    }
}
