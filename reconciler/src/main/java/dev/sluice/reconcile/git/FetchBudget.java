// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.time.Duration;

/**
 * What one conversation with a git server may cost. JGit limits the silence between two bytes only: a
 * server that drips would hold it for hours, one that lists branches for ever would fill the memory.
 *
 * @param bytes most bytes of one answer
 * @param deadlineNanos when everything must be over, by {@link System#nanoTime}
 */
record FetchBudget(long bytes, long deadlineNanos) {
    /** Room for the names of some 200,000 branches, from servers that list them all. */
    private static final long LIST_OF_BRANCHES = 16L << 20;

    FetchBudget {
        if (bytes < 1) {
            throw new IllegalArgumentException("no bytes: " + bytes);
        }
    }

    /** For asking where a branch points. */
    static FetchBudget forAsking(GitLimits limits) {
        return of(LIST_OF_BRANCHES, limits.deadline());
    }

    /** For fetching what is new; the pack in it is measured by {@link LimitedRepository} too. */
    static FetchBudget forFetching(GitLimits limits) {
        return of(LIST_OF_BRANCHES + limits.packBytes(), limits.deadline());
    }

    private static FetchBudget of(long bytes, Duration deadline) {
        requireNonNull(deadline, "deadline is null");
        return new FetchBudget(bytes, System.nanoTime() + deadline.toNanos());
    }

    /** Time until everything must be over. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
    }

    InputStream limit(InputStream in) {
        return new LimitedStream(in, bytes, left());
    }
}
