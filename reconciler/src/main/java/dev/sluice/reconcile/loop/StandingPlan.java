// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Basis;
import dev.sluice.plan.Desired;
import dev.sluice.plan.JobPlan;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import dev.sluice.spec.JobKey;
import java.util.List;

/**
 * One job's plan for one wish, as the journal keeps it.
 *
 * @param commit the commit that says the wish
 * @param wish id of the wish
 * @param id what an allowance names: the wish's id for the first plan, another for each made anew
 * @param basis what the plan was made from
 * @param lines the plan for people, its assumptions included
 */
record StandingPlan(CommitId commit, String wish, String id, Basis basis, List<String> lines) {
    StandingPlan {
        requireNonNull(commit, "commit is null");
        requireNonNull(wish, "wish is null");
        requireNonNull(id, "id is null");
        requireNonNull(basis, "basis is null");
        lines = List.copyOf(lines);
    }

    static StandingPlan first(Desired wish, JobPlan plan) {
        return new StandingPlan(
                wish.commit(), wish.plan(), wish.plan(), plan.basis(), plan.lines());
    }

    /** The plan that takes the place of one whose basis changed. */
    static StandingPlan anew(Desired wish, JobPlan plan, StandingPlan before) {
        String id =
                Digest.of(before.id() + " " + plan.key() + " " + plan.basis()).brief();
        return new StandingPlan(wish.commit(), wish.plan(), id, plan.basis(), plan.lines());
    }

    /** What the ids of all plans of a job begin with in the journal. */
    static String prefix(JobKey key) {
        return key + "/plan/";
    }

    boolean isAnew() {
        return !id.equals(wish);
    }

    /** The wish counts, not the commit: a later one may say the same. */
    boolean isOf(Desired desired) {
        return wish.equals(desired.plan());
    }
}
