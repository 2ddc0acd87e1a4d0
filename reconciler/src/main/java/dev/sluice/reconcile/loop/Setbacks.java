// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.spec.JobKey;
import java.time.Duration;
import java.time.Instant;

/**
 * Pauses of a job with which something failed or nobody knows: twice as long each time, up to a minute.
 * Each job is a little early in its own way, so that those that failed together do not come back
 * together.
 */
final class Setbacks {
    private static final long FIRST_PAUSE = 500;
    private static final long LONGEST_PAUSE = 60_000;

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(LONGEST_PAUSE);

    private int count;

    void forget() {
        count = 0;
    }

    /** The pause after one more setback. */
    Duration pause(JobKey job) {
        long pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(count, 7));
        count++;
        return Duration.ofMillis(pause - early(job, pause));
    }

    /** As the driver says, but neither at once nor after a long time: its clock may be another one. */
    static Instant wait(Instant wished, Instant now) {
        Instant first = now.plus(SHORTEST_WAIT);
        Instant last = now.plus(LONGEST_WAIT);
        return wished.isBefore(first) ? first : wished.isAfter(last) ? last : wished;
    }

    /** Up to a fifth, by job and number of the setback: spread like chance, and the same each time. */
    private long early(JobKey job, long pause) {
        return Math.floorMod((job.toString() + count).hashCode(), 1000) * (pause / 5) / 1000;
    }
}
