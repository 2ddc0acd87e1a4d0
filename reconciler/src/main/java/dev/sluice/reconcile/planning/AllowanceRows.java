// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Allowance;
import dev.sluice.plan.Desired;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.Environment;
import dev.sluice.spec.JobKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which rows of {@code allowances.yaml} count for a job now. A row's plan is the short id of the
 * job's wish, which stays the same when a later commit, such as the one that adds the row, says
 * nothing new of the job; a row's commit is the one planned, or the one that first said the wish.
 */
final class AllowanceRows {
    private final List<dev.sluice.spec.Allowance> rows;
    private final Instant now;

    AllowanceRows(Optional<Environment> environment, Instant now) {
        this.rows = environment.map(Environment::allowances).orElse(List.of());
        this.now = requireNonNull(now, "now is null");
    }

    /**
     * The allowances that count, in the order of their rows.
     *
     * @param commits commits that say what is wanted
     */
    List<Allowance> of(JobKey key, Desired wanted, Set<CommitId> commits) {
        return rows.stream()
                .filter(row -> row.expires().isAfter(now))
                .filter(row ->
                        row.job().filter(job -> !job.equals(key.display())).isEmpty())
                .filter(row -> row.plan().filter(wanted.plan()::equals).isPresent()
                        || row.commit().filter(commits::contains).isPresent())
                .map(row -> allowance(row.kind()))
                .distinct()
                .toList();
    }

    private static Allowance allowance(dev.sluice.spec.Allowance.Kind kind) {
        return switch (kind) {
            case MASS_CHANGE -> Allowance.MASS_CHANGE;
            case EMPTY_START -> Allowance.EMPTY_START;
            case CLUSTER_GONE -> Allowance.CLUSTER_GONE;
            case NOT_PORTABLE -> Allowance.NOT_PORTABLE;
        };
    }
}
