// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import dev.sluice.plan.Adoptable;
import dev.sluice.plan.Allowance;
import dev.sluice.plan.Desired;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.PaperPlan;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Projection;
import dev.sluice.plan.Surroundings;
import dev.sluice.plan.admit.Circumstances;
import dev.sluice.plan.admit.HouseRules;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.read.CommitReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The inputs of a plan between two commits, without any cluster, controller or journal: everything
 * that the base says is taken for running well.
 */
public final class CommitComparison {
    private final CommitReading base;
    private final CommitReading head;
    private final HeadJobs words;
    private final SourceLines lines;
    private final HouseRules rules;
    private final Instant now;

    private CommitComparison(CommitReading base, CommitReading head, Instant now) {
        this.base = base;
        this.head = head;
        this.words = new HeadJobs(head);
        this.lines = new SourceLines(head);
        this.rules = new HouseRules(head.environment(), now);
        this.now = now;
    }

    /** The inputs; the head's environment must be valid. */
    public static PlanInputs of(
            String environment, CommitReading base, CommitReading head, Instant now) {
        CommitComparison comparison = new CommitComparison(base, head, now);
        List<JobInput> jobs = comparison.keys().stream().map(comparison::input).toList();
        return new PlanInputs(
                environment,
                Optional.of(base.commit()),
                head.commit(),
                now,
                jobs,
                ChangedVariables.between(base, head),
                comparison.circumstances(jobs));
    }

    private Circumstances circumstances(List<JobInput> jobs) {
        SortedMap<JobKey, Desired> wishes = new TreeMap<>();
        jobs.forEach(job -> job.wanted().ifPresent(wish -> wishes.put(job.key(), wish)));
        return rules.circumstances(new TreeMap<>(), wishes, List.of(head.commit()));
    }

    private SortedSet<JobKey> keys() {
        SortedSet<JobKey> keys = new TreeSet<>(base.jobs().keySet());
        keys.addAll(head.jobs().keySet());
        keys.addAll(head.invalid().keySet());
        return keys;
    }

    private JobInput input(JobKey key) {
        Optional<EffectiveJob> before = Optional.ofNullable(base.jobs().get(key));
        Optional<Desired> lastGood = before.map(job -> new Desired.Specified(head.commit(), job));
        Optional<Desired> wanted = words.wanted(key, lastGood);
        return new JobInput(
                key,
                before,
                Optional.empty(),
                wanted,
                wanted.map(word -> around(key, word)).orElse(Surroundings.QUIET),
                words.mistakes(key),
                Optional.ofNullable(head.jobs().get(key))
                        .map(job -> lines.of(job, before.map(EffectiveJob::spec)))
                        .orElseGet(Collections::emptySortedMap),
                remarks(key),
                List.of());
    }

    private Surroundings around(JobKey key, Desired wanted) {
        List<Allowance> allowed = rules.of(key, wanted, List.of(head.commit()));
        return new Surroundings(
                Optional.empty(),
                predecessor(key).map(this::stopped),
                new Adoptable.Unseen(),
                allowed,
                Surroundings.QUIET.headroom());
    }

    /** The job that this one was before, where this very change renames it. */
    private Optional<EffectiveJob> predecessor(JobKey key) {
        return Optional.ofNullable(head.jobs().get(key))
                .map(EffectiveJob::spec)
                .flatMap(JobSpec::formerKey)
                .filter(former -> !head.jobs().containsKey(former))
                .flatMap(former -> Optional.ofNullable(base.jobs().get(former)));
    }

    private JobRecord stopped(EffectiveJob job) {
        return new PaperPlan(new Projection(new Planner()), now).removed(job, head.commit());
    }

    private List<String> remarks(JobKey key) {
        List<String> remarks = new ArrayList<>(words.warnings(key));
        predecessor(key)
                .map(EffectiveJob::spec)
                .map(JobSpec::key)
                .filter(former -> !base.jobs().containsKey(key))
                .ifPresent(former -> remarks.add(
                        "takes over the state of " + former.display() + " when that has stopped"));
        if (base.invalid().containsKey(key)) {
            remarks.add("its spec is invalid at the base, so what runs now is an older one that "
                    + "this plan does not know");
        }
        return remarks;
    }
}
