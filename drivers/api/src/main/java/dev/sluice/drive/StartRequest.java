// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.RestoreFrom;

/**
 * A start of one attempt.
 *
 * @param attempt 1 or more
 * @param id chosen from key and attempt before the first try
 */
public record StartRequest(EffectiveJob job, int attempt, JobId id, RestoreFrom from) {
    public StartRequest {
        requireNonNull(job, "job is null");
        requireNonNull(id, "id is null");
        requireNonNull(from, "from is null");
    }
}
