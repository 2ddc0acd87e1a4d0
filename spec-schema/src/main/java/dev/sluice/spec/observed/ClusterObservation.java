// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.observed;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that was seen of one cluster at one moment. A job's absence from {@code jobs} proves nothing
 * (FLINK-40602: the overview omits a job whose JobMaster is slow).
 *
 * @param cluster name in {@code environment.yaml}
 * @param unreachable why some or all of the cluster could not be asked; jobs seen are valid anyway
 */
public record ClusterObservation(
        String cluster, Instant at, List<LiveJob> jobs, Optional<String> unreachable) {
    public ClusterObservation {
        requireNonNull(cluster, "cluster is null");
        requireNonNull(at, "at is null");
        jobs = List.copyOf(jobs);
        requireNonNull(unreachable, "unreachable is null");
    }
}
