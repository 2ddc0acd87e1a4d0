// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.document;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.JobPlan;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a commit will do to an environment.
 *
 * @param base the commit that it is compared with; absent when compared with what runs
 * @param jobs every job of the environment, by key; the unchanged ones are counted only
 * @param shared variables that the commit changed and the jobs that use them
 * @param waves jobs that begin together, wave after wave; each when those before have gone well
 * @param later jobs that begin after the waves that are told
 */
public record Plan(
        String environment,
        Optional<CommitId> base,
        CommitId commit,
        List<JobPlan> jobs,
        List<SharedChange> shared,
        List<List<String>> waves,
        List<String> later) {
    private static final int MOST_WAVES = 10;
    private static final int MOST_NAMES = 10;

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
        waves = waves.stream().map(List::copyOf).toList();
        later = List.copyOf(later);
    }

    /** The jobs to which something happens, or for which something waits. */
    public List<JobPlan> changed() {
        return jobs.stream().filter(job -> !job.isUnchanged()).toList();
    }

    public boolean hasChanges() {
        return !changed().isEmpty();
    }

    /** The order of beginning as lines; none where at most one job begins. */
    public List<String> order() {
        boolean isOrder = waves.size() > 1 || waves.stream().anyMatch(wave -> wave.size() > 1);
        if (!isOrder) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        waves.stream()
                .limit(MOST_WAVES)
                .forEach(wave -> lines.add("wave " + (lines.size() + 1) + ": " + names(wave)));
        List<String> rest = new ArrayList<>();
        waves.stream().skip(MOST_WAVES).forEach(rest::addAll);
        rest.addAll(later);
        if (!rest.isEmpty()) {
            lines.add("later: " + names(rest));
        }
        return List.copyOf(lines);
    }

    private static String names(List<String> jobs) {
        String names = String.join(", ", jobs.subList(0, Math.min(jobs.size(), MOST_NAMES)));
        return jobs.size() <= MOST_NAMES
                ? names
                : names + " and " + (jobs.size() - MOST_NAMES) + " more";
    }

    /** The id of the whole plan: equal plans have equal ids. */
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
