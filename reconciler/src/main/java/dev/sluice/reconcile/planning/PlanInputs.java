// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.admit.Circumstances;
import dev.sluice.plan.document.Plan;
import dev.sluice.spec.CommitId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything a plan is made from. Equal inputs give equal plans, byte for byte.
 *
 * @param base the commit compared with; absent when compared with what a controller remembers
 * @param commit the commit that is planned
 * @param now the moment of the plan: ages and expiries count from it
 * @param jobs by key
 * @param circumstances the guard rails, and what is allowed for all jobs
 */
public record PlanInputs(
        String environment,
        Optional<CommitId> base,
        CommitId commit,
        Instant now,
        List<JobInput> jobs,
        List<Plan.SharedChange> shared,
        Circumstances circumstances) {
    public PlanInputs {
        requireNonNull(environment, "environment is null");
        requireNonNull(base, "base is null");
        requireNonNull(commit, "commit is null");
        requireNonNull(now, "now is null");
        jobs = List.copyOf(jobs);
        shared = List.copyOf(shared);
        requireNonNull(circumstances, "circumstances is null");
    }
}
