// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.observed;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the JobManager says of one job beyond its status; asked for only while it matters.
 *
 * @param latestCompleted newest completed checkpoint or savepoint of this job
 * @param restoredPath {@code latest.restored.external_path} of {@code /jobs/:id/checkpoints}
 * @param completedCheckpoints how many checkpoints completed in this run of the job
 * @param failedCheckpoints how many failed
 * @param restarts {@code numRestarts} where the JobManager reports it, else 0
 * @param allVerticesRunning every vertex is RUNNING (a job's own RUNNING says less)
 * @param waitingTasks tasks that have no slot yet (CREATED or SCHEDULED); a job RUNNING with such tasks
 *     can take no savepoint ({@code DefaultCheckpointPlanCalculator}, 1.15 to 2.3)
 * @param rootCause what the root exception says; {@code NoResourceAvailableException} where Flink gave
 *     up its wait for slots
 * @param waitsFor vertices that a savepoint under way, or a stop after its savepoint, still waits for,
 *     each with how far it is; empty at all other times
 * @param checkpointInterval how far apart Flink itself says that checkpoints of this job are, whoever
 *     set it; empty where it takes none by itself, or where nobody asked because one has completed
 */
public record JobDetail(
        Optional<StatePointer> latestCompleted,
        Optional<String> restoredPath,
        long completedCheckpoints,
        long failedCheckpoints,
        long restarts,
        boolean allVerticesRunning,
        int waitingTasks,
        Optional<String> rootCause,
        List<String> waitsFor,
        Optional<Duration> checkpointInterval) {
    public JobDetail {
        requireNonNull(latestCompleted, "latestCompleted is null");
        requireNonNull(restoredPath, "restoredPath is null");
        requireNonNull(rootCause, "rootCause is null");
        waitsFor = List.copyOf(waitsFor);
        requireNonNull(checkpointInterval, "checkpointInterval is null");
    }

    /** Of a job that waits for no vertex, and whose interval of checkpoints nobody asked for. */
    public JobDetail(
            Optional<StatePointer> latestCompleted,
            Optional<String> restoredPath,
            long completedCheckpoints,
            long failedCheckpoints,
            long restarts,
            boolean allVerticesRunning,
            int waitingTasks,
            Optional<String> rootCause) {
        this(
                latestCompleted,
                restoredPath,
                completedCheckpoints,
                failedCheckpoints,
                restarts,
                allVerticesRunning,
                waitingTasks,
                rootCause,
                List.of(),
                Optional.empty());
    }

    /** The same, restored from another path. */
    public JobDetail restoredFrom(String path) {
        return new JobDetail(
                latestCompleted,
                Optional.of(path),
                completedCheckpoints,
                failedCheckpoints,
                restarts,
                allVerticesRunning,
                waitingTasks,
                rootCause,
                waitsFor,
                checkpointInterval);
    }

    /** The same with another cause of its trouble. */
    public JobDetail causedBy(Optional<String> cause) {
        return new JobDetail(
                latestCompleted,
                restoredPath,
                completedCheckpoints,
                failedCheckpoints,
                restarts,
                allVerticesRunning,
                waitingTasks,
                cause,
                waitsFor,
                checkpointInterval);
    }
}
