// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a call may cost.
 *
 * @param answer longest wait for a whole answer
 * @param submission longest wait for an upload or a run, which executes the job's {@code main}
 * @param maximumBytes longest body; an overview of 3,000 jobs takes about 1.5 MB
 */
public record RestLimits(Duration answer, Duration submission, int maximumBytes) {
    public static final RestLimits DEFAULT =
            new RestLimits(Duration.ofSeconds(10), Duration.ofSeconds(60), 16 << 20);

    public RestLimits {
        requireNonNull(answer, "answer is null");
        requireNonNull(submission, "submission is null");
        if (maximumBytes < 1) {
            throw new IllegalArgumentException("maximumBytes must be positive: " + maximumBytes);
        }
    }
}
