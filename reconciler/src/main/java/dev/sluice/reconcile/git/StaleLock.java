// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * The lock file of a ref in the copy. A process that is killed while it writes the ref leaves it there,
 * and nobody could write that ref ever again. A live process holds it for milliseconds.
 */
record StaleLock(Path repository, String ref) {
    private static final Duration OLDEST = Duration.ofSeconds(10);

    StaleLock {
        requireNonNull(repository, "repository is null");
        requireNonNull(ref, "ref is null");
    }

    /** Removes it where nobody alive can hold it. */
    void remove() throws IOException {
        Path lock = repository.resolve(ref + ".lock");
        try {
            Instant written = Files.getLastModifiedTime(lock).toInstant();
            if (written.isBefore(Instant.now().minus(OLDEST))) {
                Files.deleteIfExists(lock);
            }
        } catch (NoSuchFileException free) {
            return;
        }
    }
}
