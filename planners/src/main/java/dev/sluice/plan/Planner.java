// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.Outcome;
import java.time.Instant;

/** Decides what happens to one job. */
public final class Planner {
    /** The same for a job without schedule, predecessor, adoption or allowances. */
    public Decision decide(Desired desired, JobRecord record, Observed observed, Instant now) {
        return decide(desired, record, observed, Surroundings.QUIET, now);
    }

    /**
     * What to do for one job now. Level-triggered: it depends on nothing but its arguments, so a tick,
     * a restart and a lost answer lead the same way.
     */
    public Decision decide(
            Desired desired,
            JobRecord record,
            Observed observed,
            Surroundings surroundings,
            Instant now) {
        return Decision.rest(record, Reason.InSync);
    }

    /** What the outcome of a step means: the record to store with it. */
    public JobRecord absorb(JobRecord record, Step step, Outcome outcome, Instant now) {
        return record;
    }
}
