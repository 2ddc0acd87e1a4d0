// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * The lock file of a ref or of a pack in the copy. A process that is killed while it writes one leaves
 * its lock there, and nobody could write that ref, or fetch that pack, ever again. A live process holds
 * it for milliseconds.
 */
record StaleLock(Path file) {
    private static final Duration OLDEST = Duration.ofSeconds(10);

    StaleLock {
        requireNonNull(file, "file is null");
    }

    static StaleLock ofRef(Path repository, String ref) {
        return new StaleLock(repository.resolve(ref + ".lock"));
    }

    /** Removes those of packs, whose names say what is in them: the next fetch brings the same one. */
    static void removeOfPacks(Path repository) throws IOException {
        Path packs = repository.resolve("objects/pack");
        if (Files.isDirectory(packs)) {
            try (DirectoryStream<Path> locks = Files.newDirectoryStream(packs, "*.lock")) {
                for (Path lock : locks) {
                    new StaleLock(lock).remove();
                }
            }
        }
    }

    /** Removes it where nobody alive can hold it. */
    void remove() throws IOException {
        try {
            Instant written = Files.getLastModifiedTime(file).toInstant();
            if (written.isBefore(Instant.now().minus(OLDEST))) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException free) {
            return;
        }
    }
}
