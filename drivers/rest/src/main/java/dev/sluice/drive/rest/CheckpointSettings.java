// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What {@code /jobs/:id/checkpoints/config} says.
 *
 * @param isExactlyOnce the mode; else at least once
 * @param concurrent how many at a time
 * @param isRetained completed ones outlive the job when it is cancelled
 * @param backend class name of the state backend; empty where it is not told
 */
public record CheckpointSettings(
        Duration interval,
        boolean isExactlyOnce,
        Duration timeout,
        Duration pause,
        int concurrent,
        boolean isUnaligned,
        boolean isRetained,
        String backend) {
    public CheckpointSettings {
        requireNonNull(interval, "interval is null");
        requireNonNull(timeout, "timeout is null");
        requireNonNull(pause, "pause is null");
        requireNonNull(backend, "backend is null");
    }
}
