// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.plan.JobRecord;
import dev.sluice.reconcile.journal.JournalException.Problem;
import dev.sluice.reconcile.journal.JournalJson.Encoded;
import dev.sluice.spec.Digest;
import dev.sluice.spec.observed.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import tools.jackson.core.JacksonException;

/**
 * The last resort for an outcome that the journal could not store, such as the path of a savepoint
 * on a full disk: {@code emergency-<intent>.json} beside the journal, read back at the next open.
 */
final class Emergency {
    /** An outcome that waits to be stored, with every specification its record refers to. */
    record Note(
            long intent,
            String record,
            String outcome,
            Instant at,
            SortedMap<String, String> specs) {}

    private final JournalFiles files;
    private final JournalJson json;

    Emergency(JournalFiles files, JournalJson json) {
        this.files = files;
        this.json = json;
    }

    /** Writes the file, on the room that was kept for it, and answers where it is. */
    Path keep(long intent, JobRecord next, Outcome outcome, Instant at) throws IOException {
        Encoded record = json.encode(next);
        Encoded result = json.encode(outcome);
        Note note = new Note(intent, record.text(), result.text(), at, record.specs());
        byte[] content = json.encode(note).text().getBytes(StandardCharsets.UTF_8);
        files.dropBallast();
        Path file = file(intent);
        JournalFiles.write(file, content);
        return file;
    }

    /** Every note that waits, oldest intent first. */
    List<Note> pending() {
        List<Note> notes = new ArrayList<>();
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(files.directory(), "emergency-*.json")) {
            for (Path file : found) {
                notes.add(read(file));
            }
        } catch (IOException e) {
            throw new JournalException(
                    Problem.OTHER, "cannot read the emergency files of " + files.directory(), e);
        }
        notes.sort(java.util.Comparator.comparingLong(Note::intent));
        return Collections.unmodifiableList(notes);
    }

    private Note read(Path file) throws IOException {
        try {
            return json.decode(Files.readString(file), Note.class);
        } catch (JacksonException e) {
            throw new JournalException(
                    Problem.CORRUPT,
                    file
                            + " cannot be read: it may name a savepoint that is nowhere else; look into"
                            + " it, then move it away to start without it",
                    e);
        }
    }

    JobRecord record(Note note) {
        return json.decode(
                note.record(), JobRecord.class, (Digest digest) -> note.specs().get(digest.hex()));
    }

    Outcome outcome(Note note) {
        return json.decode(note.outcome(), Outcome.class);
    }

    /** Removes the note of an intent whose outcome is in the journal by now. */
    void forget(long intent) {
        try {
            Files.deleteIfExists(file(intent));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(long intent) {
        return files.directory().resolve("emergency-" + intent + ".json");
    }
}
