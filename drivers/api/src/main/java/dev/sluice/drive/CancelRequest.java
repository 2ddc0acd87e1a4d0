// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;

/** A cancel without savepoint of one attempt. */
public record CancelRequest(JobKey key, int attempt, JobId job, String flinkVersion) {
    public CancelRequest {
        requireNonNull(key, "key is null");
        requireNonNull(job, "job is null");
        requireNonNull(flinkVersion, "flinkVersion is null");
    }
}
