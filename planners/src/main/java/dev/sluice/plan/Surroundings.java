// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.observed.Headroom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a decision on one job may need of the world around it. Whatever is missing here makes the
 * planner hold, never act.
 *
 * @param due newest scheduled instant that has come, journalled by the schedule
 * @param predecessor record of the job that {@code formerly} names
 * @param adoptable the live job that {@code adopt} names
 * @param allowances valid allowances for this job, in the order of their declaration
 * @param headroom what the cluster on which git wants the job could give it besides what it holds
 */
public record Surroundings(
        Optional<Instant> due,
        Optional<JobRecord> predecessor,
        Adoptable adoptable,
        List<Allowance> allowances,
        Headroom headroom) {
    /** Nothing of interest around. */
    public static final Surroundings QUIET = new Surroundings(
            Optional.empty(),
            Optional.empty(),
            new Adoptable.Unseen(),
            List.of(),
            new Headroom.Unknown("no cluster was asked"));

    public Surroundings {
        requireNonNull(due, "due is null");
        requireNonNull(predecessor, "predecessor is null");
        requireNonNull(adoptable, "adoptable is null");
        allowances = List.copyOf(allowances);
        requireNonNull(headroom, "headroom is null");
    }

    boolean allows(Allowance allowance) {
        return allowances.contains(allowance);
    }
}
