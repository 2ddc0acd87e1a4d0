// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.admit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** A stretch of time in which running jobs may be stopped, as the schedule worked it out. */
public record Window(Instant from, Instant until) {
    public Window {
        requireNonNull(from, "from is null");
        requireNonNull(until, "until is null");
    }

    boolean contains(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(until);
    }
}
