// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.artifacts.LockedArtifact;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Flink whose jars have the right names and sizes, and nothing in them. */
final class EmptyHome {
    private EmptyHome() {}

    /** Puts it where a home is looked for before anything is downloaded. */
    static FlinkRelease in(Path cache, String version) throws IOException {
        FlinkRelease release = FlinkReleases.bundled().find(version).orElseThrow();
        Path home = cache.resolve("flink").resolve(release.folder());
        Path lib = Files.createDirectories(home.resolve("lib"));
        for (LockedArtifact artifact : release.artifacts()) {
            try (RandomAccessFile file =
                    new RandomAccessFile(lib.resolve(artifact.fileName()).toFile(), "rw")) {
                file.setLength(artifact.size());
            }
        }
        Files.createFile(home.resolve("complete.txt"));
        return release;
    }
}
