// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.observed.StatePointer;
import java.time.Instant;

/**
 * A state pointer that was seen, and what is known of it now.
 *
 * @param cause where it was seen, or who says that the status changed
 * @param at when this status was recorded
 */
public record LedgerEntry(StatePointer pointer, Status status, String cause, Instant at) {
    /** What is known of a pointer. Doubt changes nothing: it stays live. */
    public enum Status {
        /** Seen, and nothing proves that it is gone. */
        LIVE,
        /** A job started from it and is stable since, with newer state of its own. */
        CONSUMED,
        /** The storage itself says that it is not there. */
        GONE
    }

    public LedgerEntry {
        requireNonNull(pointer, "pointer is null");
        requireNonNull(status, "status is null");
        requireNonNull(cause, "cause is null");
        requireNonNull(at, "at is null");
    }
}
