// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.plan.Allowance;
import dev.sluice.plan.Decision;
import dev.sluice.plan.Desired;
import dev.sluice.plan.Hold;
import dev.sluice.plan.admit.Admission;
import dev.sluice.plan.admit.AdmissionPolicy;
import dev.sluice.plan.admit.Applicant;
import dev.sluice.plan.admit.Circumstances;
import dev.sluice.spec.Allowance.Kind;
import dev.sluice.spec.Environment;
import dev.sluice.spec.JobKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the environment allows at this moment: allowances that have not expired, and which of the
 * decided beginnings must wait for others. The rules themselves are the planner's {@link Admission}.
 */
final class GuardRails {
    private final Admission admission = new Admission();
    private Optional<Environment> environment = Optional.empty();

    /** Puts the rules of an environment into force. */
    void adopt(Environment next) {
        environment = Optional.of(next);
    }

    /**
     * The holds on what was decided; a job without one may begin.
     *
     * @param desks every job, whether anything was decided for it or not
     */
    SortedMap<JobKey, Hold> holds(
            Collection<Desk> desks, Map<JobKey, Decision> decisions, Instant now) {
        boolean anyBegins =
                decisions.values().stream().anyMatch(decision -> decision.step().isPresent());
        if (!anyBegins) {
            return Collections.emptySortedMap();
        }
        List<Applicant> applicants = new ArrayList<>();
        for (Desk desk : desks) {
            desk.wanted().ifPresent(wanted -> {
                Decision decision = decisions.getOrDefault(desk.key(), desk.resting());
                applicants.add(new Applicant(wanted, desk.record(), decision, now));
            });
        }
        return admission.holds(applicants, circumstances(now));
    }

    private Circumstances circumstances(Instant now) {
        return new Circumstances(policy(), new TreeMap<>(), ofEnvironment(now), List.of(), now);
    }

    private AdmissionPolicy policy() {
        AdmissionPolicy base = AdmissionPolicy.DEFAULT;
        SortedMap<String, Integer> perCluster = new TreeMap<>();
        environment.ifPresent(known -> known.clusters()
                .forEach((name, cluster) -> cluster.basics()
                        .maxConcurrentRestarts()
                        .ifPresent(most -> perCluster.put(name, most))));
        return new AdmissionPolicy(
                base.maxConcurrentRestarts(),
                perCluster,
                base.perQueue(),
                base.canary(),
                base.stopAfterFailures(),
                base.massChangePercent(),
                base.needApproval());
    }

    /** Allowances for everything, not for one job: what the guard against mass changes asks for. */
    private List<Allowance> ofEnvironment(Instant now) {
        return valid(now)
                .filter(allowance -> allowance.job().isEmpty())
                .map(allowance -> word(allowance.kind()))
                .toList();
    }

    /** What a person has allowed for one wish of one job. */
    List<Allowance> of(JobKey key, Desired wanted, Instant now) {
        return valid(now)
                .filter(allowance -> allowance.job().map(key.display()::equals).orElse(true))
                .filter(allowance -> isFor(allowance, wanted))
                .map(allowance -> word(allowance.kind()))
                .toList();
    }

    private static boolean isFor(dev.sluice.spec.Allowance allowance, Desired wanted) {
        return allowance.commit().filter(wanted.commit()::equals).isPresent()
                || allowance.plan().filter(wanted.plan()::equals).isPresent();
    }

    private Stream<dev.sluice.spec.Allowance> valid(Instant now) {
        return environment.stream()
                .flatMap(known -> known.allowances().stream())
                .filter(allowance -> now.isBefore(allowance.expires()));
    }

    private static Allowance word(Kind kind) {
        return switch (kind) {
            case MASS_CHANGE -> Allowance.MASS_CHANGE;
            case EMPTY_START -> Allowance.EMPTY_START;
            case CLUSTER_GONE -> Allowance.CLUSTER_GONE;
            case NOT_PORTABLE -> Allowance.NOT_PORTABLE;
        };
    }
}
