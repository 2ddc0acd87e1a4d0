// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.observed;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.FlinkTarget;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that was seen of one cluster at one moment. A job's absence from {@code jobs} proves nothing
 * (FLINK-40602: the overview omits a job whose JobMaster is slow).
 *
 * @param cluster name in {@code environment.yaml}
 * @param unreachable why some or all of the cluster could not be asked; jobs seen are valid anyway
 * @param freeSlots free task slots of the standing session clusters, by Flink version; of a version
 *     that is not named, or whose cluster grows with its jobs, nothing is known
 */
public record ClusterObservation(
        String cluster,
        Instant at,
        List<LiveJob> jobs,
        Optional<String> unreachable,
        SortedMap<String, Integer> freeSlots) {
    public ClusterObservation {
        requireNonNull(cluster, "cluster is null");
        requireNonNull(at, "at is null");
        jobs = List.copyOf(jobs);
        requireNonNull(unreachable, "unreachable is null");
        freeSlots = Collections.unmodifiableSortedMap(new TreeMap<>(freeSlots));
    }

    /** The same where nobody can tell how many slots are free. */
    public ClusterObservation(
            String cluster, Instant at, List<LiveJob> jobs, Optional<String> unreachable) {
        this(cluster, at, jobs, unreachable, new TreeMap<>());
    }

    /** What is known of the room for a job with this target, which names this cluster. */
    public Headroom headroom(FlinkTarget target) {
        if (target.mode() != FlinkTarget.Mode.SESSION) {
            return new Headroom.Unknown("a cluster of the job's own asks for it when it starts");
        }
        Optional<Integer> free = Optional.ofNullable(freeSlots.get(target.version()));
        return free.<Headroom>map(Headroom.Slots::new)
                .orElseGet(() -> new Headroom.Unknown("cluster " + cluster
                        + " does not tell how many slots it could give on Flink "
                        + target.version()));
    }
}
