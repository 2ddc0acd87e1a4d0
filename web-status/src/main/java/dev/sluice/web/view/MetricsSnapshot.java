// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the controller counted since it started. Figures of single jobs come from the fleet, so they
 * end with the job.
 *
 * @param reconciliations by outcome
 * @param lastSuccess end of the last reconciliation that went through
 * @param fetches of the repository, by outcome
 * @param steps taken, by verb and outcome
 * @param drifts how often a job was found to differ from its commit
 * @param queueDepth jobs that wait to be looked at
 */
public record MetricsSnapshot(
        SortedMap<String, Long> reconciliations,
        Timing reconcileDuration,
        Optional<Instant> lastSuccess,
        SortedMap<String, Long> fetches,
        Timing fetchDuration,
        SortedMap<StepOutcome, Long> steps,
        Timing savepointDuration,
        long drifts,
        long queueDepth) {
    /** A verb, such as {@code start}, and how it ended. */
    public record StepOutcome(String action, String outcome) implements Comparable<StepOutcome> {
        public StepOutcome {
            requireNonNull(action, "action is null");
            requireNonNull(outcome, "outcome is null");
        }

        @Override
        public int compareTo(StepOutcome other) {
            int byAction = action.compareTo(other.action);
            return byAction == 0 ? outcome.compareTo(other.outcome) : byAction;
        }
    }

    /** A controller that has just started. */
    public static final MetricsSnapshot NONE = new MetricsSnapshot(
            new TreeMap<>(),
            Timing.NONE,
            Optional.empty(),
            new TreeMap<>(),
            Timing.NONE,
            new TreeMap<>(),
            Timing.NONE,
            0,
            0);

    public MetricsSnapshot {
        reconciliations = Collections.unmodifiableSortedMap(new TreeMap<>(reconciliations));
        requireNonNull(reconcileDuration, "reconcileDuration is null");
        requireNonNull(lastSuccess, "lastSuccess is null");
        fetches = Collections.unmodifiableSortedMap(new TreeMap<>(fetches));
        requireNonNull(fetchDuration, "fetchDuration is null");
        steps = Collections.unmodifiableSortedMap(new TreeMap<>(steps));
        requireNonNull(savepointDuration, "savepointDuration is null");
    }
}
