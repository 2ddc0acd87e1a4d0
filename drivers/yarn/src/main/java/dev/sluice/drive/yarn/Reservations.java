// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.rest.StateFiles;
import dev.sluice.spec.JobId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Under which application id an attempt may run: a file beside its state, made once before the first
 * submission and never changed. Whoever submits the attempt, and however often, uses that id, and YARN
 * takes an id once.
 */
final class Reservations {
    private static final int MOST_BYTES = 200;

    private final StateFiles files;

    Reservations(StateFiles files) {
        this.files = requireNonNull(files, "files is null");
    }

    Optional<String> find(JobId attempt) throws IOException {
        return files.head(file(attempt), MOST_BYTES)
                .map(head -> new String(head.bytes(), StandardCharsets.UTF_8).strip());
    }

    /** The id that counts: this one, or the one that somebody else was earlier with. */
    String put(JobId attempt, String application) throws IOException {
        files.create(file(attempt), (application + "\n").getBytes(StandardCharsets.UTF_8));
        return find(attempt)
                .orElseThrow(() ->
                        new IOException(files.url(file(attempt)) + " was made and is not there"));
    }

    private static String file(JobId attempt) {
        return "yarn/" + attempt.hex() + ".txt";
    }
}
