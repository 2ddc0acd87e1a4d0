// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import java.util.List;

/**
 * A question whether attempts of a job still run.
 *
 * @param attempts the ids of every attempt ever made, newest first
 */
public record ProofRequest(JobKey key, List<JobId> attempts, String flinkVersion) {
    public ProofRequest {
        requireNonNull(key, "key is null");
        attempts = List.copyOf(attempts);
        requireNonNull(flinkVersion, "flinkVersion is null");
    }
}
