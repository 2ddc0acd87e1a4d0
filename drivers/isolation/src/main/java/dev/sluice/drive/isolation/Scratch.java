// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders of workers: the only place they are told to write to. Removed with their worker. */
final class Scratch implements AutoCloseable {
    private final List<Path> folders = new ArrayList<>();

    synchronized Path folder() throws IOException {
        Path folder = Files.createTempDirectory(
                "sluice-worker",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        folders.add(folder);
        return folder;
    }

    synchronized void remove(Path folder) {
        folders.remove(folder);
        delete(folder);
    }

    @Override
    public synchronized void close() {
        folders.forEach(Scratch::delete);
        folders.clear();
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // A process that is just dying may still write; the system clears its folder one day.
            folder.toFile().deleteOnExit();
        }
    }
}
