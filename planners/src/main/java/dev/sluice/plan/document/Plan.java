// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.document;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.JobPlan;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a commit will do to an environment.
 *
 * @param base the commit that it is compared with; absent when compared with what runs
 * @param jobs every job of the environment, by key; the unchanged ones are counted only
 * @param shared variables that the commit changed and the jobs that use them
 */
public record Plan(
        String environment,
        Optional<CommitId> base,
        CommitId commit,
        List<JobPlan> jobs,
        List<SharedChange> shared) {
    /** A variable that several jobs use. */
    public record SharedChange(String variable, List<String> jobs) {
        public SharedChange {
            requireNonNull(variable, "variable is null");
            jobs = jobs.stream().sorted().toList();
        }
    }

    public Plan {
        requireNonNull(environment, "environment is null");
        requireNonNull(base, "base is null");
        requireNonNull(commit, "commit is null");
        jobs = jobs.stream().sorted(Comparator.comparing(JobPlan::key)).toList();
        shared = shared.stream()
                .sorted(Comparator.comparing(SharedChange::variable))
                .toList();
    }

    /** The jobs to which something happens, or for which something waits. */
    public List<JobPlan> changed() {
        return jobs.stream().filter(job -> !job.isUnchanged()).toList();
    }

    public boolean hasChanges() {
        return !changed().isEmpty();
    }

    /** The id that an approval names: equal plans have equal ids. */
    public String id() {
        return Digest.of(PlanJson.body(this)).brief();
    }

    /** One line with the numbers. */
    public String totals() {
        StringBuilder totals = new StringBuilder();
        for (JobPlan.Symbol symbol : JobPlan.Symbol.values()) {
            long count = jobs.stream().filter(job -> job.symbol() == symbol).count();
            if (count > 0) {
                totals.append(totals.isEmpty() ? "" : ", ").append(count).append(" ");
                totals.append(symbol.word());
            }
        }
        long held = jobs.stream().filter(job -> !job.holds().isEmpty()).count();
        return (totals.isEmpty() ? "no jobs" : totals.toString())
                + (held > 0 ? "; " + held + " waiting" : "");
    }
}
