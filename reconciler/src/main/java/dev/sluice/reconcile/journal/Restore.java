// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static java.util.Objects.requireNonNull;

import dev.sluice.reconcile.journal.JournalException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Puts a backup in the place of a journal. The copy is checked before anything is moved, the old files
 * are moved aside and kept, and nothing is done while a controller runs.
 */
public final class Restore {
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final JournalFiles files;

    /** @param dataDirectory where the journal is, or was */
    public Restore(Path dataDirectory) {
        this.files = new JournalFiles(requireNonNull(dataDirectory, "dataDirectory is null"));
    }

    /**
     * Restores the journal from this copy.
     *
     * @return what the copy's history says of itself
     * @throws JournalException when a controller runs, or the copy is damaged, changed or another
     *     journal's; the present files are as they were
     */
    public ChainCheck.Intact from(Path backup, Instant now) {
        try {
            Files.createDirectories(files.directory());
            try (ProcessLock lock = new ProcessLock(files.lock())) {
                if (!lock.tryHold()) {
                    throw new JournalException(
                            Problem.BUSY,
                            "a controller runs on " + files.directory() + ": stop it first");
                }
                return exchange(backup, now);
            }
        } catch (IOException e) {
            throw new JournalException(Problem.OTHER, "cannot restore " + backup + ": " + e, e);
        }
    }

    /**
     * Checks a backup without changing anything.
     *
     * @throws JournalException when it is damaged or its history was changed
     */
    public static ChainCheck.Intact check(Path backup) {
        try (Database database = Database.openToRead(backup, WAIT)) {
            Schema.check(database);
            return intact(database);
        }
    }

    private ChainCheck.Intact exchange(Path backup, Instant now) throws IOException {
        Path copy = files.database().resolveSibling("journal.db.restoring");
        Files.deleteIfExists(copy);
        JournalFiles.createPrivate(copy);
        Files.write(copy, Files.readAllBytes(backup));
        try {
            ChainCheck.Intact intact = accept(copy, backup);
            JournalFiles.force(copy);
            String suffix = ".before-" + now.getEpochSecond();
            for (String ending : List.of("", "-wal", "-shm")) {
                Path old = files.database().resolveSibling("journal.db" + ending);
                if (Files.exists(old)) {
                    Files.move(old, old.resolveSibling("journal.db" + suffix + ending));
                }
            }
            Files.move(copy, files.database(), StandardCopyOption.ATOMIC_MOVE);
            JournalFiles.force(files.directory().toAbsolutePath());
            return intact;
        } finally {
            for (String ending : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(copy.resolveSibling(copy.getFileName() + ending));
            }
        }
    }

    private ChainCheck.Intact accept(Path copy, Path backup) {
        try (Database database = Database.open(copy, WAIT)) {
            Schema.check(database);
            Schema.migrate(database);
            files.requireOwn(backup, Facts.knownIdentity(database));
            return intact(database);
        }
    }

    private static ChainCheck.Intact intact(Database database) {
        ChainCheck check = database.read(Chain::verify);
        if (check instanceof ChainCheck.Broken broken) {
            throw new JournalException(
                    Problem.CORRUPT,
                    "the history of the backup was changed: " + broken.what()
                            + "; take another one");
        }
        return (ChainCheck.Intact) check;
    }
}
