// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Phase;

/**
 * The one mapping from the journal's phase to the page's two words.
 *
 * <p>Out of reach beats everything: both words are Unknown. A drifted or held job is OutOfSync in
 * any phase, and an unhealthy one is Degraded only where it would have been called Healthy.
 */
public record StatusWords(Sync sync, Health health) {
    private static final StatusWords UNREACHABLE = new StatusWords(Sync.UNKNOWN, Health.UNKNOWN);

    public StatusWords {
        requireNonNull(sync, "sync is null");
        requireNonNull(health, "health is null");
    }

    /** The words of a phase while its cluster answers, nothing drifted and no health rule broke. */
    public static StatusWords of(Phase phase) {
        return phase.accept(new PhaseWords());
    }

    /** The cluster does not answer: nothing is known, whatever the journal says. */
    public static StatusWords unreachable() {
        return UNREACHABLE;
    }

    /** The same health, but not what the commit says: drifted, or held back. */
    public StatusWords drifted() {
        return sync == Sync.UNKNOWN ? this : new StatusWords(Sync.OUT_OF_SYNC, health);
    }

    /** The same health, but whether the job is what the commit says cannot be seen. */
    public StatusWords unsure() {
        return sync == Sync.SYNCED ? new StatusWords(Sync.UNKNOWN, health) : this;
    }

    /** A health rule of the job is broken. */
    public StatusWords unhealthy() {
        return health == Health.HEALTHY ? new StatusWords(sync, Health.DEGRADED) : this;
    }
}
