// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a process that keeps dying right after its start may be started again: after 1, 2, 4, ... seconds,
 * at most a minute. One that lived longer is started at once.
 */
final class RestartBackoff {
    private static final Duration SOUND = Duration.ofSeconds(30);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 6;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private Optional<Instant> started = Optional.empty();
    private boolean isDead;
    private int crashes;

    /** The process was started. */
    void start(Instant now) {
        started = Optional.of(now);
        isDead = false;
    }

    /** The process was seen dead; when it may be started again, if not now. */
    Optional<Instant> dead(Instant now) {
        if (started.isEmpty()) {
            return Optional.empty();
        }
        if (!isDead) {
            isDead = true;
            boolean isCrash = Duration.between(started.get(), now).compareTo(SOUND) < 0;
            crashes = isCrash ? crashes + 1 : 0;
        }
        return next().filter(now::isBefore);
    }

    /** How often in a row it died right after its start. */
    int crashes() {
        return crashes;
    }

    /** When a dead process may be started again; empty while it lives or when it need not wait. */
    Optional<Instant> next() {
        if (!isDead || crashes == 0) {
            return Optional.empty();
        }
        Duration delay = FIRST.multipliedBy(1L << Math.min(crashes - 1, MOST_DOUBLINGS));
        return started.map(last -> last.plus(delay.compareTo(LONGEST) > 0 ? LONGEST : delay));
    }
}
