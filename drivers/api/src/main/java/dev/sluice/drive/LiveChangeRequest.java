// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;

/**
 * A change of the spec that a running attempt can take up as it runs.
 *
 * @param running what the attempt was started with, and what it has taken up since
 * @param target differs from it only in what needs no restart
 */
public record LiveChangeRequest(EffectiveJob running, EffectiveJob target, int attempt, JobId job) {
    public LiveChangeRequest {
        requireNonNull(running, "running is null");
        requireNonNull(target, "target is null");
        requireNonNull(job, "job is null");
    }
}
