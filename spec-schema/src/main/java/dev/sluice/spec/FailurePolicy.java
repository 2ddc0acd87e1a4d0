// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How often a failed job is started again from its latest state: {@code restarts} times within
 * {@code window}, at once after the first failure and waiting {@code backoff} after each further one;
 * then it is a crash loop and waits for a person.
 */
public record FailurePolicy(int restarts, Duration window, Duration backoff) {
    /** The frozen defaults of {@code sluice/v1}. */
    public static final FailurePolicy DEFAULT =
            new FailurePolicy(3, Duration.ofMinutes(30), Duration.ofSeconds(30));

    public FailurePolicy {
        if (restarts < 0) {
            throw new IllegalArgumentException("restarts must not be negative: " + restarts);
        }
        requireNonNull(window, "window is null");
        requireNonNull(backoff, "backoff is null");
    }
}
