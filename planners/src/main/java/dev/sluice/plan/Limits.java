// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import java.time.Duration;

/** Bounds of patience that no spec sets. */
final class Limits {
    /** How long a started attempt may take to run before it counts as bad or may be replaced. */
    static final Duration START = Duration.ofMinutes(10);

    /**
     * Restarts without a checkpoint after which a changed Flink version counts as bad: more than a
     * source or sink that is away for a moment costs.
     */
    static final int RESTARTS = 5;

    /** How long a stable job may restart by itself before a savepoint counts as impossible. */
    static final Duration RESTART_GRACE = Duration.ofMinutes(2);

    /** How long a job may take to end before its own cluster is ended for it. */
    static final Duration CANCEL = Duration.ofMinutes(10);

    /** How long Flink may say nothing yet of what an attempt restored. */
    static final Duration RESTORED = Duration.ofMinutes(1);

    /** How long a proof that nothing runs is good for a start. */
    static final Duration PROOF = Duration.ofMinutes(10);

    /** Failed savepoints of one wish before it is refused. */
    static final int SAVEPOINT_TRIES = 3;

    /** First wait after a failed try; doubles with each further one. */
    static final Duration FIRST_RETRY = Duration.ofSeconds(30);

    /** Longest wait between tries. */
    static final Duration LAST_RETRY = Duration.ofMinutes(10);

    /** How often a healthy job's record is brought up to date: each update is a durable write. */
    static final Duration NOTE_EVERY = Duration.ofMinutes(1);

    /**
     * Attempts that are asked for where no journal tells how many there were.
     */
    static final int LOOK_AHEAD = 32;

    private Limits() {}

    /** The wait after the given number of failed tries. */
    static Duration retryAfter(int failures) {
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, 10));
        return wait.compareTo(LAST_RETRY) < 0 ? wait : LAST_RETRY;
    }
}
