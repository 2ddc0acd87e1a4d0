// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Phase;
import java.util.Map;

/**
 * The one mapping from the journal's phase to the page's two words.
 *
 * <p>Out of reach beats everything: both words are Unknown. A drifted or held job is OutOfSync in
 * any phase, and an unhealthy one is Degraded only where it would have been called Healthy.
 */
public record StatusWords(Sync sync, Health health) {
    private static final StatusWords UNREACHABLE = new StatusWords(Sync.UNKNOWN, Health.UNKNOWN);

    private static final Map<Class<? extends Phase>, StatusWords> BY_PHASE = Map.ofEntries(
            entry(Phase.Absent.class, outOfSync(Health.MISSING)),
            entry(Phase.Staging.class, outOfSync(Health.PROGRESSING)),
            entry(Phase.Stopping.class, outOfSync(Health.PROGRESSING)),
            entry(Phase.Cancelling.class, outOfSync(Health.PROGRESSING)),
            entry(Phase.Recovering.class, outOfSync(Health.DEGRADED)),
            entry(Phase.Proving.class, outOfSync(Health.PROGRESSING)),
            entry(Phase.Stopped.class, outOfSync(Health.PROGRESSING)),
            entry(Phase.Starting.class, outOfSync(Health.PROGRESSING)),
            entry(Phase.Verifying.class, outOfSync(Health.PROGRESSING)),
            entry(Phase.Stable.class, new StatusWords(Sync.SYNCED, Health.HEALTHY)),
            entry(Phase.Suspended.class, new StatusWords(Sync.SYNCED, Health.SUSPENDED)),
            entry(Phase.Finished.class, new StatusWords(Sync.SYNCED, Health.HEALTHY)),
            entry(Phase.Blocked.class, outOfSync(Health.DEGRADED)));

    public StatusWords {
        requireNonNull(sync, "sync is null");
        requireNonNull(health, "health is null");
    }

    /** The words of a phase when its cluster answers, nothing drifted and no health rule is broken. */
    public static StatusWords of(Phase phase) {
        StatusWords words = BY_PHASE.get(phase.getClass());
        if (words == null) {
            throw new IllegalStateException("no status words for phase " + phase.word());
        }
        return words;
    }

    /** The cluster does not answer: nothing is known, whatever the journal says. */
    public static StatusWords unreachable() {
        return UNREACHABLE;
    }

    /** The same health, but not what the commit says: drifted, or held back. */
    public StatusWords drifted() {
        return sync == Sync.UNKNOWN ? this : new StatusWords(Sync.OUT_OF_SYNC, health);
    }

    /** A health rule of the job is broken. */
    public StatusWords unhealthy() {
        return health == Health.HEALTHY ? new StatusWords(sync, Health.DEGRADED) : this;
    }

    private static StatusWords outOfSync(Health health) {
        return new StatusWords(Sync.OUT_OF_SYNC, health);
    }
}
