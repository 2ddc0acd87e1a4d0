// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * When a running job counts as degraded.
 *
 * @param checkpointAge greatest age of the last completed checkpoint
 * @param failedCheckpoints this many failed checkpoints in a row
 * @param restarts more restarts than allowed by the rate
 * @param backpressure more back-pressure than allowed by the rate
 */
public record HealthRules(
        Optional<Duration> checkpointAge,
        Optional<Integer> failedCheckpoints,
        Optional<Rate> restarts,
        Optional<Rate> backpressure) {
    /** An amount within a window, written {@code 5/10m}. */
    public record Rate(double amount, Duration window) {
        public Rate {
            requireNonNull(window, "window is null");
        }
    }

    public static final HealthRules NONE =
            new HealthRules(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public HealthRules {
        requireNonNull(checkpointAge, "checkpointAge is null");
        requireNonNull(failedCheckpoints, "failedCheckpoints is null");
        requireNonNull(restarts, "restarts is null");
        requireNonNull(backpressure, "backpressure is null");
    }
}
