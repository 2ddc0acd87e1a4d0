// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.Claim;
import dev.sluice.drive.OwnerMark;
import dev.sluice.plan.Decision;
import dev.sluice.plan.Hold;
import dev.sluice.plan.Reason;
import dev.sluice.plan.Step;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.LiveJob;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether the jobs of this environment are this journal's to act on. The lease keeps controllers of
 * one data directory apart, the mark on each cluster those of different ones.
 *
 * <p>Marks are asked for on worker threads; the loop reads the latest answer.
 */
final class Owners {
    private final Drivers drivers;
    private final String environment;
    private final String journal;
    private final String holder;
    private final Clock clock;
    private final Map<String, Claim> latest = new ConcurrentHashMap<>();
    private final Map<JobId, Claim> adoptions = new ConcurrentHashMap<>();
    private volatile Optional<String> repository = Optional.empty();

    /**
     * @param journal its id
     * @param holder host and data directory, for whoever is refused
     */
    Owners(Drivers drivers, String environment, String journal, String holder, Clock clock) {
        this.drivers = requireNonNull(drivers, "drivers is null");
        this.environment = requireNonNull(environment, "environment is null");
        this.journal = requireNonNull(journal, "journal is null");
        this.holder = requireNonNull(holder, "holder is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** From now on the jobs are those of this repository. */
    void adopt(String repositoryId) {
        repository = Optional.of(repositoryId);
    }

    /** Makes or reads the mark on a cluster; slow where its storage is. */
    Claim claim(String cluster) {
        Claim claim = mark().map(mark -> drivers.ask(cluster, driver -> driver.claim(mark)))
                .orElseGet(() -> new Claim.Unclear("no commit is in force yet"));
        latest.put(cluster, claim);
        return claim;
    }

    /** Marks jobs that shall be adopted, of those that were seen on a cluster that is this one's. */
    void claim(String cluster, Set<JobId> adopted, List<LiveJob> seen) {
        boolean isHeld = latest.get(cluster) instanceof Claim.Held;
        for (LiveJob job : seen) {
            if (isHeld && adopted.contains(job.id())) {
                mark().map(mark -> drivers.ask(cluster, driver -> driver.claim(mark, job)))
                        .ifPresent(claim -> adoptions.put(job.id(), claim));
            }
        }
    }

    /** What was last said of a job that shall be adopted. */
    Optional<Claim> adoption(JobId job) {
        return Optional.ofNullable(adoptions.get(job));
    }

    /** Why a job with this claim must not be adopted. */
    static Optional<String> refusal(JobId job, Claim claim) {
        if (claim instanceof Claim.Other other) {
            OwnerMark owner = other.owner();
            return Optional.of("the job to adopt, " + job + ", belongs to environment "
                    + owner.environment() + " of repository " + owner.repository()
                    + ", to the controller of " + owner.holder() + " (" + other.place() + ")");
        }
        return claim instanceof Claim.Unclear unclear
                ? Optional.of(
                        "whose the job to adopt is, " + job + ", is not known: " + unclear.cause())
                : Optional.empty();
    }

    private Optional<OwnerMark> mark() {
        return repository.map(
                id -> new OwnerMark(id, environment, journal, holder, clock.instant()));
    }

    /** Asks once more, right before an effect; why it must not happen, if so. */
    Optional<String> refusal(Step step) {
        return text(step.cluster(), claim(step.cluster()));
    }

    /** Why a decided job must wait: it is another's, or it has a step and nobody knows whose it is. */
    SortedMap<JobKey, Hold> holds(List<Desk> desks, Map<JobKey, Decision> decisions) {
        SortedMap<JobKey, Hold> holds = new TreeMap<>();
        for (Desk desk : desks) {
            Optional.ofNullable(decisions.get(desk.key()))
                    .flatMap(decision -> hold(desk, decision))
                    .ifPresent(hold -> holds.put(desk.key(), hold));
        }
        return Collections.unmodifiableSortedMap(holds);
    }

    private Optional<Hold> hold(Desk desk, Decision decision) {
        Optional<Hold> anothers = latest.entrySet().stream()
                .filter(claim -> claim.getValue() instanceof Claim.Other)
                .filter(claim -> desk.isOn(claim.getKey()))
                .findFirst()
                .flatMap(claim -> text(claim.getKey(), claim.getValue()))
                .map(text -> new Hold(Reason.OwnedByOther, text));
        return anothers.isPresent() ? anothers : decision.step().flatMap(this::hold);
    }

    private Optional<Hold> hold(Step step) {
        Claim claim = latest.getOrDefault(
                step.cluster(), new Claim.Unclear("the owner mark was not read yet"));
        Reason reason = claim instanceof Claim.Other ? Reason.OwnedByOther : Reason.ClusterUnknown;
        return text(step.cluster(), claim).map(text -> new Hold(reason, text));
    }

    private static Optional<String> text(String cluster, Claim claim) {
        if (claim instanceof Claim.Other other) {
            OwnerMark owner = other.owner();
            return Optional.of("the jobs of environment " + owner.environment() + " on cluster "
                    + cluster + " belong to the controller of " + owner.holder() + ", since "
                    + owner.since() + ": stop this controller, or, once that one is stopped for"
                    + " good, delete " + other.place());
        }
        if (claim instanceof Claim.Unclear unclear) {
            return Optional.of("whose jobs these are on cluster " + cluster + " is not known: "
                    + unclear.cause());
        }
        return Optional.empty();
    }
}
