// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.EffectiveJob;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a reviewer should be told of, besides what is planned.
 *
 * @param running the spec in force, where one is
 * @param wanted the spec that is planned; absent for a job that is removed
 * @param downtimes how long earlier restarts of the job took, from the stop to the accepted start,
 *     newest first
 */
public record Facts(
        Optional<EffectiveJob> running, Optional<EffectiveJob> wanted, List<Duration> downtimes) {
    public Facts {
        requireNonNull(running, "running is null");
        requireNonNull(wanted, "wanted is null");
        downtimes = List.copyOf(downtimes);
    }
}
