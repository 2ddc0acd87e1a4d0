// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.reconcile.journal.JournalException.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The files of a data directory that belong to the journal, readable by their owner alone.
 *
 * <p>{@code journal.id} is written once and stays: when it is there and {@code journal.db} is not,
 * somebody removed the journal, and starting an empty one would forget every job's state.
 *
 * @param directory the data directory; the names inside it are fixed
 */
record JournalFiles(Path directory) {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");
    private static final int BALLAST_BYTES = 256 * 1024;

    Path database() {
        return directory.resolve("journal.db");
    }

    Path identity() {
        return directory.resolve("journal.id");
    }

    Path lock() {
        return directory.resolve("journal.lock");
    }

    private Path ballast() {
        return directory.resolve("journal.ballast");
    }

    /** Makes the directory and the empty database file, or refuses where one was and is gone. */
    void prepare() {
        requirePlainPath();
        try {
            Files.createDirectories(directory);
            if (Files.exists(database())) {
                return;
            }
            if (Files.exists(identity())) {
                throw new JournalException(
                        Problem.CORRUPT,
                        database() + " is gone, but " + identity() + " says that it was there:"
                                + " restore the newest backup as journal.db; to give up all"
                                + " history and state pointers, delete journal.id as well");
            }
            createPrivate(database());
        } catch (IOException e) {
            throw new JournalException(
                    Problem.OTHER, "cannot prepare the data directory " + directory, e);
        }
    }

    /** Refuses a directory that has no journal, for those who only look. */
    void requireThere() {
        if (!Files.exists(database())) {
            throw new JournalException(
                    Problem.OTHER,
                    "there is no journal in " + directory + ": no controller has run there yet");
        }
    }

    /** The SQLite driver reads options out of a file name behind a question mark. */
    private void requirePlainPath() {
        if (directory.toAbsolutePath().toString().contains("?")) {
            throw new JournalException(
                    Problem.OTHER, "the data directory's path may not contain a question mark");
        }
    }

    /**
     * Refuses a file that is not this directory's journal: it would forget every job of it, and an
     * emptied one does no less.
     *
     * @param file the journal, or what shall become it
     * @param id what the file says of itself; empty when it never was a journal
     */
    void requireOwn(Path file, Optional<String> id) {
        try {
            if (!Files.exists(identity())) {
                return;
            }
            String known =
                    Files.readString(identity(), StandardCharsets.US_ASCII).strip();
            if (!id.equals(Optional.of(known))) {
                throw new JournalException(
                        Problem.CORRUPT,
                        file + " is " + id.map(other -> "journal " + other).orElse("an empty file")
                                + ", but " + identity() + " says " + known
                                + ": take the newest backup of this journal; nothing is started or"
                                + " stopped");
            }
        } catch (IOException e) {
            throw new JournalException(Problem.OTHER, "cannot read " + identity(), e);
        }
    }

    /** Remembers that a journal with this id lives here, and keeps some room for an emergency. */
    void settle(String id) {
        try {
            if (!Files.exists(identity())) {
                write(identity(), id.getBytes(StandardCharsets.US_ASCII));
            }
            if (!Files.exists(ballast())) {
                write(ballast(), new byte[BALLAST_BYTES]);
            }
        } catch (IOException e) {
            throw new JournalException(Problem.FULL, "cannot write to " + directory, e);
        }
    }

    /** Gives the kept room back to the disk, for the one file that must still be written. */
    void dropBallast() throws IOException {
        Files.deleteIfExists(ballast());
    }

    /** An empty file for its owner alone; fails when it is there. */
    static void createPrivate(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }

    /** Writes the whole file or none of it, and waits until it has reached the disk. */
    static void write(Path file, byte[] content) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.deleteIfExists(draft);
        createPrivate(draft);
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        force(file.toAbsolutePath().getParent());
    }

    /** Waits until a file, or the names in a folder, have reached the disk. */
    static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            channel.force(true);
        }
    }
}
