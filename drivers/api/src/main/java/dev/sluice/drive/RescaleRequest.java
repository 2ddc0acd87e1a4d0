// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;

/**
 * Another parallelism for a running attempt.
 *
 * @param from what the job was started with: vertices of another parallelism keep theirs
 * @param to 1 or more
 * @param flinkVersion minor version that the running attempt was started with
 */
public record RescaleRequest(
        JobKey key, int attempt, JobId job, int from, int to, String flinkVersion) {
    public RescaleRequest {
        requireNonNull(key, "key is null");
        requireNonNull(job, "job is null");
        if (from < 1 || to < 1) {
            throw new IllegalArgumentException("not a parallelism: " + from + " to " + to);
        }
        requireNonNull(flinkVersion, "flinkVersion is null");
    }
}
