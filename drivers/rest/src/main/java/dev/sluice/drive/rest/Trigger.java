// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What the JobManager remembers of one stop: for five minutes after its end, and only while the
 * process lives.
 *
 * @param location present only when the savepoint and the stop both succeeded
 * @param failure the stack trace of a failed one, which Flink calls COMPLETED too
 */
record Trigger(State state, Optional<String> location, Optional<String> failure) {
    static final Trigger NOT_KNOWN =
            new Trigger(State.NOT_KNOWN, Optional.empty(), Optional.empty());
    static final Trigger IN_PROGRESS =
            new Trigger(State.IN_PROGRESS, Optional.empty(), Optional.empty());

    /** Where the operation stands. */
    enum State {
        NOT_KNOWN,
        IN_PROGRESS,
        COMPLETED
    }

    Trigger {
        requireNonNull(state, "state is null");
        requireNonNull(location, "location is null");
        requireNonNull(failure, "failure is null");
    }
}
