// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.admit;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Allowance;
import dev.sluice.plan.Desired;
import dev.sluice.plan.change.ChangeClass;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.Environment;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the files of an environment that tenants do not own say at one moment: the guard rails, and
 * the rows of {@code allowances.yaml} that count. The controller and a plan ask here alike.
 *
 * <p>A row's plan is the short id of a wish, which stays the same when a later commit, such as the one
 * that adds the row, says nothing new of the job; a row's commit is one that says the wish.
 */
public final class HouseRules {
    private final Optional<Environment> environment;
    private final Instant now;

    /** @param environment absent while none was read; then nothing is allowed */
    public HouseRules(Optional<Environment> environment, Instant now) {
        this.environment = requireNonNull(environment, "environment is null");
        this.now = requireNonNull(now, "now is null");
    }

    /**
     * What a person has allowed for one wish of one job, in the order of the rows.
     *
     * @param saidBy commits that say the wish, besides the wish's own
     */
    public List<Allowance> of(JobKey key, Desired wanted, Collection<CommitId> saidBy) {
        List<CommitId> commits = new ArrayList<>(saidBy);
        commits.add(wanted.commit());
        return valid().filter(row -> row.job().map(key.display()::equals).orElse(true))
                .filter(isFor(wanted, commits))
                .map(row -> word(row.kind()))
                .distinct()
                .toList();
    }

    /**
     * What all jobs have in common now. A row for no job in particular counts for everything when it
     * is for one of the wishes.
     *
     * @param windows by cluster, as {@link Circumstances} wants them
     * @param wishes what is wanted of each job
     * @param saidBy commits that say the wishes, besides their own
     */
    public Circumstances circumstances(
            SortedMap<String, List<Window>> windows,
            SortedMap<JobKey, Desired> wishes,
            Collection<CommitId> saidBy) {
        return circumstances(windows, wishes, saidBy, new TreeMap<>());
    }

    /**
     * As above, where some plans were made anew.
     *
     * @param anew ids of these plans; an approval counts for them when it names the id, and not when
     *     it names the wish or the commit, because what was approved no longer stands
     */
    public Circumstances circumstances(
            SortedMap<String, List<Window>> windows,
            SortedMap<JobKey, Desired> wishes,
            Collection<CommitId> saidBy,
            SortedMap<JobKey, String> anew) {
        List<Allowance> allowances = ofAll(wishes.values(), saidBy);
        List<JobKey> approved = wishes.entrySet().stream()
                .filter(wish -> Optional.ofNullable(anew.get(wish.getKey()))
                        .map(id -> isApproved(wish.getKey(), id))
                        .orElseGet(() -> of(wish.getKey(), wish.getValue(), saidBy)
                                .contains(Allowance.APPROVAL)))
                .map(Map.Entry::getKey)
                .toList();
        return new Circumstances(guardRails(), windows, allowances, approved, now);
    }

    /**
     * What a person has allowed for no job in particular, for one of these wishes.
     *
     * @param saidBy commits that say the wishes, besides their own
     */
    public List<Allowance> ofAll(Collection<Desired> wishes, Collection<CommitId> saidBy) {
        return valid().filter(row -> row.job().isEmpty())
                .filter(row -> wishes.stream()
                        .anyMatch(wish -> isFor(wish, with(saidBy, wish)).test(row)))
                .map(row -> word(row.kind()))
                .distinct()
                .toList();
    }

    private boolean isApproved(JobKey key, String plan) {
        return valid().filter(row -> row.job().map(key.display()::equals).orElse(true))
                .filter(row -> row.plan().filter(plan::equals).isPresent())
                .anyMatch(row -> word(row.kind()) == Allowance.APPROVAL);
    }

    private AdmissionPolicy guardRails() {
        AdmissionPolicy base = AdmissionPolicy.DEFAULT;
        Policy said = environment.map(Environment::policy).orElse(Policy.BUILT_IN);
        SortedMap<String, Integer> perCluster = new TreeMap<>();
        environment.ifPresent(known -> known.clusters()
                .forEach((name, cluster) -> cluster.basics()
                        .maxConcurrentRestarts()
                        .ifPresent(most -> perCluster.put(name, most))));
        return new AdmissionPolicy(
                said.maxConcurrentRestarts().orElse(base.maxConcurrentRestarts()),
                perCluster,
                said.queues(),
                said.canary().orElse(base.canary()),
                said.canaryTimeout().orElse(base.canaryTimeout()),
                said.stopAfterFailures().orElse(base.stopAfterFailures()),
                said.massChangePercent().orElse(base.massChangePercent()),
                said.needApproval().stream()
                        .map(change -> ChangeClass.valueOf(change.name()))
                        .toList());
    }

    private Stream<dev.sluice.spec.Allowance> valid() {
        return environment.map(Environment::allowances).orElse(Collections.emptyList()).stream()
                .filter(row -> now.isBefore(row.expires()));
    }

    private static Predicate<dev.sluice.spec.Allowance> isFor(
            Desired wanted, Collection<CommitId> commits) {
        return row -> row.plan().filter(wanted.plan()::equals).isPresent()
                || row.commit().filter(commits::contains).isPresent();
    }

    private static List<CommitId> with(Collection<CommitId> commits, Desired wish) {
        List<CommitId> all = new ArrayList<>(commits);
        all.add(wish.commit());
        return all;
    }

    private static Allowance word(dev.sluice.spec.Allowance.Kind kind) {
        return switch (kind) {
            case MASS_CHANGE -> Allowance.MASS_CHANGE;
            case EMPTY_START -> Allowance.EMPTY_START;
            case CLUSTER_GONE -> Allowance.CLUSTER_GONE;
            case NOT_PORTABLE -> Allowance.NOT_PORTABLE;
            case APPROVAL -> Allowance.APPROVAL;
        };
    }
}
