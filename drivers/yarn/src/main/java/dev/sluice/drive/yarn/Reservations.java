// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.rest.StateFiles;
import dev.sluice.spec.Digest;
import dev.sluice.spec.JobId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Under which application id an attempt, or a session cluster, may run: a file beside its state, made
 * once before the first submission and never changed. Whoever submits it, and however often, uses that
 * id, and YARN takes an id once.
 */
final class Reservations {
    private static final int MOST_BYTES = 200;
    private static final String SUFFIX = ".txt";
    private static final String SESSIONS = "yarn/sessions";

    private final StateFiles files;

    Reservations(StateFiles files) {
        this.files = requireNonNull(files, "files is null");
    }

    Optional<String> find(JobId attempt) throws IOException {
        return read(attempt(attempt));
    }

    /** The id that counts: this one, or the one that somebody else was earlier with. */
    String put(JobId attempt, String application) throws IOException {
        return put(attempt(attempt), application);
    }

    /** How many applications have been chosen for a session cluster, one after the other. */
    int turns(Digest session) throws IOException {
        return turns(folder(session));
    }

    private int turns(String folder) throws IOException {
        return (int) files.children(folder).stream()
                .filter(name -> name.matches("\\d+\\" + SUFFIX))
                .count();
    }

    Optional<String> find(Digest session, int turn) throws IOException {
        return read(folder(session) + "/" + turn + SUFFIX);
    }

    /** The id that counts for this turn. */
    String put(Digest session, int turn, String application) throws IOException {
        return put(folder(session) + "/" + turn + SUFFIX, application);
    }

    /** The application of the newest turn of each session cluster that ever was. */
    List<String> newestOfSessions() throws IOException {
        List<String> found = new ArrayList<>();
        for (String session : files.children(SESSIONS)) {
            String folder = SESSIONS + "/" + session;
            read(folder + "/" + turns(folder) + SUFFIX).ifPresent(found::add);
        }
        return found;
    }

    private Optional<String> read(String file) throws IOException {
        return files.head(file, MOST_BYTES)
                .map(head -> new String(head.bytes(), StandardCharsets.UTF_8).strip());
    }

    private String put(String file, String application) throws IOException {
        files.create(file, (application + "\n").getBytes(StandardCharsets.UTF_8));
        return read(file)
                .orElseThrow(() -> new IOException(files.url(file) + " was made and is not there"));
    }

    private static String attempt(JobId attempt) {
        return "yarn/" + attempt.hex() + SUFFIX;
    }

    private static String folder(Digest session) {
        return SESSIONS + "/" + session.brief();
    }
}
