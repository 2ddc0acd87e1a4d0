// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The plan of one job, and what the jobs beside it must know of it.
 *
 * @param decisions the way through the plan, in order; never empty
 * @param after what will be remembered when everything has gone well
 */
public record Projected(JobPlan plan, List<Considered> decisions, JobRecord after) {
    /** A record on the way, and what was decided on it. */
    public record Considered(JobRecord record, Decision decision) {
        public Considered {
            requireNonNull(record, "record is null");
            requireNonNull(decision, "decision is null");
        }
    }

    public Projected {
        requireNonNull(plan, "plan is null");
        decisions = List.copyOf(decisions);
        if (decisions.isEmpty()) {
            throw new IllegalArgumentException("nothing was decided");
        }
        requireNonNull(after, "after is null");
    }
}
