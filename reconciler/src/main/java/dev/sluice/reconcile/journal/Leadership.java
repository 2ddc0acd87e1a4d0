// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** The answer to "may I act?". */
public sealed interface Leadership {
    /** Until when the lease runs, whoever has it. */
    Instant until();

    /** The asker leads until then, and longer if it renews in time. */
    record Leading(FencingToken token, Instant until) implements Leadership {
        public Leading {
            requireNonNull(token, "token is null");
            requireNonNull(until, "until is null");
        }
    }

    /** Somebody else leads: observe and show, but intend nothing. */
    record Standby(String owner, Instant until) implements Leadership {
        public Standby {
            requireNonNull(owner, "owner is null");
            requireNonNull(until, "until is null");
        }
    }
}
