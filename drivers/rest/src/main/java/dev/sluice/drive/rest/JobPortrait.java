// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.JobStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that Flink tells of a running job and its specification. It tells neither the program nor its
 * dependencies, and of the configuration only what is here.
 *
 * @param parallelism of the widest vertex
 * @param maxParallelism if all vertices have the same one
 * @param checkpoints empty where none are taken
 * @param parameters global parameters of the job, as the program has set them
 * @param state newest completed checkpoint or savepoint, or what the job was restored from
 */
public record JobPortrait(
        JobId id,
        String name,
        JobStatus status,
        Instant startedAt,
        int parallelism,
        Optional<Integer> maxParallelism,
        Optional<CheckpointSettings> checkpoints,
        SortedMap<String, String> parameters,
        Optional<String> state) {
    public JobPortrait {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(status, "status is null");
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(maxParallelism, "maxParallelism is null");
        requireNonNull(checkpoints, "checkpoints is null");
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        requireNonNull(state, "state is null");
    }
}
