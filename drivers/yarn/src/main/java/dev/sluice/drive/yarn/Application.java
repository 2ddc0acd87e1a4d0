// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One application as the ResourceManager reports it.
 *
 * @param finalStatus what its master said at its end
 * @param diagnostics why it waits or why it ended; may be empty
 * @param endedAt when YARN called it final; long ago while it has not
 * @param jobManager where its REST interface answers, once the master has registered
 * @param logs the master's logs, for people
 */
record Application(
        String id,
        String name,
        State state,
        String finalStatus,
        List<String> tags,
        String queue,
        String diagnostics,
        Instant startedAt,
        Instant endedAt,
        Optional<URI> jobManager,
        Optional<String> logs) {
    /** States of YARN ({@code YarnApplicationState}, 2.x and 3.x). */
    enum State {
        NEW,
        NEW_SAVING,
        SUBMITTED,
        ACCEPTED,
        RUNNING,
        FINISHED,
        FAILED,
        KILLED;

        /** Nothing runs any more and nothing will. */
        boolean isFinal() {
            return this == FINISHED || this == FAILED || this == KILLED;
        }
    }

    Application {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(state, "state is null");
        requireNonNull(finalStatus, "finalStatus is null");
        tags = List.copyOf(tags);
        requireNonNull(queue, "queue is null");
        requireNonNull(diagnostics, "diagnostics is null");
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(endedAt, "endedAt is null");
        requireNonNull(jobManager, "jobManager is null");
        requireNonNull(logs, "logs is null");
    }

    /** State and cause in words. */
    String words() {
        String why = diagnostics.isBlank() ? "" : ": " + diagnostics.strip();
        return "application " + id + " is " + state + " in queue " + queue + why;
    }
}
