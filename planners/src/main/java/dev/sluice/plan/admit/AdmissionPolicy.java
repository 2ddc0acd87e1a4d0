// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.admit;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.change.ChangeClass;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The guard rails of one environment, from a file that tenants do not own.
 *
 * @param maxConcurrentRestarts per cluster, where {@code perCluster} says nothing else
 * @param perCluster restarts at a time, by cluster
 * @param perQueue restarts at a time, by queue
 * @param canary how many jobs of a commit go first; 0 for none
 * @param canaryTimeout how long a job that goes first may take to become stable, its soak apart,
 *     before the others are told that it is stuck
 * @param stopAfterFailures so many failed jobs of a commit hold the rest of its wave
 * @param massChangePercent jobs that one commit may stop for good; one job always may
 * @param needApproval classes of change that wait for an approval
 */
public record AdmissionPolicy(
        int maxConcurrentRestarts,
        SortedMap<String, Integer> perCluster,
        SortedMap<String, Integer> perQueue,
        int canary,
        Duration canaryTimeout,
        int stopAfterFailures,
        int massChangePercent,
        List<ChangeClass> needApproval) {
    /** The frozen defaults of {@code sluice/v1}. */
    public static final AdmissionPolicy DEFAULT = new AdmissionPolicy(
            5, new TreeMap<>(), new TreeMap<>(), 1, Duration.ofHours(1), 1, 20, List.of());

    public AdmissionPolicy {
        if (maxConcurrentRestarts < 1 || canary < 0 || stopAfterFailures < 1) {
            throw new IllegalArgumentException("limits must let at least one job pass");
        }
        if (massChangePercent < 0 || massChangePercent > 100) {
            throw new IllegalArgumentException("not a percentage: " + massChangePercent);
        }
        requireNonNull(canaryTimeout, "canaryTimeout is null");
        requireNonNull(perCluster, "perCluster is null");
        requireNonNull(perQueue, "perQueue is null");
        perCluster = Collections.unmodifiableSortedMap(new TreeMap<>(perCluster));
        perQueue = Collections.unmodifiableSortedMap(new TreeMap<>(perQueue));
        needApproval = List.copyOf(needApproval);
    }

    int restartsOf(String cluster) {
        return perCluster.getOrDefault(cluster, maxConcurrentRestarts);
    }
}
