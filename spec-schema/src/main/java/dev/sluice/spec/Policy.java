// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The guard rails of an environment as {@code policy.yaml} says them; what it leaves out is as built
 * in.
 *
 * @param maxConcurrentRestarts restarts at a time on a cluster whose entry says nothing else
 * @param queues restarts at a time, by queue
 * @param canary how many jobs of a commit go first; 0 for none
 * @param canaryTimeout how long they may take to become stable, their soak apart, before the commit
 *     counts as stuck
 * @param stopAfterFailures so many failed jobs of a commit hold the rest of it
 * @param massChangePercent jobs that one commit may stop for good, of 100; one job always may
 * @param needApproval changes that wait for a row of {@code allowances.yaml}
 */
public record Policy(
        Optional<Integer> maxConcurrentRestarts,
        SortedMap<String, Integer> queues,
        Optional<Integer> canary,
        Optional<Duration> canaryTimeout,
        Optional<Integer> stopAfterFailures,
        Optional<Integer> massChangePercent,
        List<Change> needApproval) {
    /** What a change costs, in the words of a plan. */
    public enum Change {
        START,
        RESCALE,
        RESTART_SAME_GRAPH,
        UPGRADE,
        STATE_BACKEND,
        VERSION,
        MOVE,
        EMPTY_START,
        SUSPEND,
        DELETE
    }

    /** Everything as built in. */
    public static final Policy BUILT_IN = new Policy(
            Optional.empty(),
            new TreeMap<>(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    public Policy {
        requireNonNull(maxConcurrentRestarts, "maxConcurrentRestarts is null");
        queues = Collections.unmodifiableSortedMap(new TreeMap<>(queues));
        requireNonNull(canary, "canary is null");
        requireNonNull(canaryTimeout, "canaryTimeout is null");
        requireNonNull(stopAfterFailures, "stopAfterFailures is null");
        requireNonNull(massChangePercent, "massChangePercent is null");
        needApproval = List.copyOf(needApproval);
    }
}
