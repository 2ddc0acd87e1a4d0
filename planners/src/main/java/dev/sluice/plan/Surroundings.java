// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.observed.LiveJob;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a decision on one job must know of the world around it.
 *
 * @param reachable the whole of the wanted cluster could be asked
 * @param unmanaged jobs on the wanted cluster that no key claims; the planner compares their names
 * @param due newest scheduled instant that has come, journalled by the schedule
 * @param predecessor record of the job that {@code formerly} names
 * @param allowances valid allowances for this job, in the order of their declaration
 */
public record Surroundings(
        boolean reachable,
        List<LiveJob> unmanaged,
        Optional<Instant> due,
        Optional<JobRecord> predecessor,
        List<Allowance> allowances) {
    /** A reachable cluster with nothing else of interest. */
    public static final Surroundings QUIET =
            new Surroundings(true, List.of(), Optional.empty(), Optional.empty(), List.of());

    /** A cluster that could not be asked. */
    public static final Surroundings OUT_OF_REACH =
            new Surroundings(false, List.of(), Optional.empty(), Optional.empty(), List.of());

    public Surroundings {
        unmanaged = List.copyOf(unmanaged);
        requireNonNull(due, "due is null");
        requireNonNull(predecessor, "predecessor is null");
        allowances = List.copyOf(allowances);
    }

    boolean allows(Allowance allowance) {
        return allowances.contains(allowance);
    }
}
