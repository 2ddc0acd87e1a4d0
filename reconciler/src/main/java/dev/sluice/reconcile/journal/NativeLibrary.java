// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Where the driver of SQLite unpacks its library. It would take the machine's folder for temporary
 * files, leave a megabyte there whenever a process is killed, and not work at all where that folder may
 * not hold programs; so it gets a folder of its own beside the journal, which is cleaned at each start.
 */
final class NativeLibrary {
    /** What the driver asks for the folder; whoever has set it has decided otherwise. */
    private static final String PROPERTY = "org.sqlite.tmpdir";

    private static final String FOLDER = "native";
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");
    /** A process loads the library at once after it has unpacked it, and needs the file no more. */
    private static final Duration LOADED_SINCE = Duration.ofMinutes(10);

    private NativeLibrary() {}

    /**
     * Cleans the folder and loads the library from there, unless this process has loaded it already.
     * Where that is not possible the driver's own way is left to it.
     */
    static void settle(Path dataDirectory) {
        Path folder = dataDirectory.resolve(FOLDER).toAbsolutePath();
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            }
            sweep(folder);
        } catch (IOException e) {
            return;
        }
        if (System.getProperty(PROPERTY) == null && !load(folder)) {
            System.clearProperty(PROPERTY);
        }
    }

    private static boolean load(Path folder) {
        System.setProperty(PROPERTY, folder.toString());
        try {
            return SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            // The driver tries again in its own way, and then says what is wrong.
            return false;
        }
    }

    private static void sweep(Path folder) throws IOException {
        Instant loaded = Instant.now().minus(LOADED_SINCE);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "sqlite-*")) {
            for (Path file : left) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(loaded)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
