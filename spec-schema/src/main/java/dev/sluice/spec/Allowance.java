// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What a person has allowed in {@code allowances.yaml}: exactly one of plan and commit is present.
 *
 * @param plan id of the plan it is for
 * @param commit the commit it is for
 * @param job {@code team/name} when it is for one job only
 * @param expires the first instant at which it no longer counts; whoever reads it compares with a clock
 */
public record Allowance(
        Optional<String> plan,
        Optional<CommitId> commit,
        Optional<String> job,
        Kind kind,
        String reason,
        Instant expires) {
    /** What can be allowed. */
    public enum Kind {
        /** Stop without starting again more than the guard rail lets through. */
        MASS_CHANGE,
        /** Start a job without its state. */
        EMPTY_START,
        /** Remove or redirect a cluster that live jobs use. */
        CLUSTER_GONE,
        /** Carry state over a version change that Flink does not promise. */
        NOT_PORTABLE,
        /** Make a change of a class that the policy lets wait for a person. */
        APPROVAL
    }

    public Allowance {
        requireNonNull(plan, "plan is null");
        requireNonNull(commit, "commit is null");
        requireNonNull(job, "job is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(expires, "expires is null");
        if (plan.isPresent() == commit.isPresent()) {
            throw new IllegalArgumentException("exactly one of plan and commit must be present");
        }
    }
}
