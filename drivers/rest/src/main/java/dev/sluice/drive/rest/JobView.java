// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.observed.JobStatus;

/**
 * What {@code /jobs/:id} says, for the decisions made here.
 *
 * @param hasRun the job was RUNNING at some time; a job that FAILED without it was refused, and its id
 *     is burnt: Flink never accepts it again
 * @param parallelism of the widest vertex, 0 without vertices
 * @param waitingTasks tasks without a slot
 */
record JobView(
        JobStatus status,
        boolean hasRun,
        int parallelism,
        boolean allVerticesRunning,
        int waitingTasks) {
    JobView {
        requireNonNull(status, "status is null");
    }

    boolean isBurnt() {
        return status == JobStatus.FAILED && !hasRun;
    }
}
