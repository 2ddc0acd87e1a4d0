// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;

/** The end of the Flink cluster that runs one attempt and nothing else. */
public record EndClusterRequest(JobKey key, int attempt, JobId job, String flinkVersion) {
    public EndClusterRequest {
        requireNonNull(key, "key is null");
        requireNonNull(job, "job is null");
        requireNonNull(flinkVersion, "flinkVersion is null");
    }
}
