// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.observed.JobStatus;
import java.util.List;

/**
 * What {@code /jobs/:id} says, for the decisions made here.
 *
 * @param hasRun the job was RUNNING at some time; a job that FAILED without it was refused, and its id
 *     is burnt: Flink never accepts it again
 * @param parallelism of the widest vertex, 0 without vertices
 * @param waitingTasks tasks without a slot
 * @param vertices in the order of the graph, sources first
 */
record JobView(
        JobStatus status,
        boolean hasRun,
        int parallelism,
        boolean allVerticesRunning,
        int waitingTasks,
        List<Vertex> vertices) {
    /**
     * One vertex.
     *
     * @param status the least advanced of its tasks' states
     */
    record Vertex(String id, String name, String status) {
        Vertex {
            requireNonNull(id, "id is null");
            requireNonNull(name, "name is null");
            requireNonNull(status, "status is null");
        }
    }

    JobView {
        requireNonNull(status, "status is null");
        vertices = List.copyOf(vertices);
    }

    /** What a stop waits for once its savepoint is complete: each vertex has to finish. */
    List<String> unfinished() {
        return vertices.stream()
                .filter(vertex -> !vertex.status().equals("FINISHED"))
                .map(vertex -> vertex.name() + " (" + vertex.status() + ")")
                .toList();
    }

    boolean isBurnt() {
        return status == JobStatus.FAILED && !hasRun;
    }
}
