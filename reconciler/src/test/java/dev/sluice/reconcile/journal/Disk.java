// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk that can be full: a file system of its own where this process may mount one. */
interface Disk extends AutoCloseable {
    /** Takes away all room that is left. */
    void fill(Journal journal) throws IOException;

    /** Gives it back. */
    void free(Journal journal) throws IOException;

    @Override
    void close() throws IOException;

    /** A real one at the folder; without the right to mount, SQLite's page limit plays it. */
    static Disk at(Path folder) {
        boolean isMounted =
                run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder.toString());
        if (!isMounted) {
            System.out.println("no right to mount: the full disk is SQLite's page limit");
        }
        return isMounted ? new Mounted(folder) : new Played();
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A file system in memory of four megabytes. */
    record Mounted(Path folder) implements Disk {
        private static final int PAGE = 4096;

        @Override
        public void fill(Journal journal) throws IOException {
            // In ever smaller pieces, until not even one page has room.
            for (int piece = 64 * 1024; piece >= PAGE; piece /= 2) {
                pour(filler(piece), piece);
            }
        }

        private void pour(Path file, int piece) throws IOException {
            byte[] bytes = new byte[piece];
            FileStore store = Files.getFileStore(folder);
            try (OutputStream out = Files.newOutputStream(file)) {
                while (store.getUsableSpace() > 0) {
                    out.write(bytes);
                }
            } catch (IOException full) {
                if (store.getUsableSpace() >= piece) {
                    throw full;
                }
            }
        }

        @Override
        public void free(Journal journal) throws IOException {
            for (int piece = 64 * 1024; piece >= PAGE; piece /= 2) {
                Files.deleteIfExists(filler(piece));
            }
        }

        private Path filler(int piece) {
            return folder.resolve("filler-" + piece);
        }

        @Override
        public void close() throws IOException {
            if (!Disk.run("umount", folder.toString())) {
                throw new IOException("cannot unmount " + folder);
            }
        }
    }

    /** SQLite refuses to grow the file. */
    record Played() implements Disk {
        @Override
        public void fill(Journal journal) {
            journal.limitPages(1);
        }

        @Override
        public void free(Journal journal) {
            journal.limitPages(1_000_000);
        }

        @Override
        public void close() {
            // Nothing was mounted.
        }
    }
}
