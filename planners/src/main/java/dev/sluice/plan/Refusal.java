// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A wish that is not tried again until git says something else of this job; meanwhile the job is
 * cared for with its last good spec.
 *
 * @param plan id of the wish that failed, see {@link Desired#plan()}
 */
public record Refusal(String plan, Reason reason, String text, Instant at) {
    public Refusal {
        requireNonNull(plan, "plan is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(text, "text is null");
        requireNonNull(at, "at is null");
    }
}
