// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.testing;

import dev.sluice.drive.StartRequest;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.StatePointer;
import java.time.Instant;
import java.util.Optional;

/**
 * A job as the JobManager in memory knows it.
 *
 * @param progress how far it has counted, its own count and what it restored
 * @param checkpoints completed in this run
 * @param latest newest pointer of this run
 * @param parallelism as started, or as changed since
 */
record ModelJob(
        StartRequest request,
        JobStatus status,
        Instant startedAt,
        long progress,
        long checkpoints,
        Optional<StatePointer> latest,
        Optional<String> restoredPath,
        int parallelism,
        Optional<String> failure) {
    JobKey key() {
        return request.job().key();
    }

    boolean isLive() {
        return !status.isGloballyTerminal();
    }

    /** FAILED without ever having run: the id is used up. */
    boolean isBurnt() {
        return status == JobStatus.FAILED && failure.isPresent() && progress < 0;
    }

    ModelJob in(JobStatus next, Optional<String> cause) {
        return new ModelJob(
                request,
                next,
                startedAt,
                progress,
                checkpoints,
                latest,
                restoredPath,
                parallelism,
                cause);
    }

    ModelJob withParallelism(int number) {
        return new ModelJob(
                request,
                status,
                startedAt,
                progress,
                checkpoints,
                latest,
                restoredPath,
                number,
                failure);
    }

    ModelJob at(long count, StatePointer pointer) {
        return new ModelJob(
                request,
                status,
                startedAt,
                count,
                checkpoints + 1,
                Optional.of(pointer),
                restoredPath,
                parallelism,
                failure);
    }

    /** @param attempt as the asker counts; empty when no details are wanted */
    LiveJob live(Optional<Integer> attempt) {
        JobDetail detail = new JobDetail(
                latest.map(pointer -> of(pointer, attempt.orElse(pointer.attempt()))),
                restoredPath,
                checkpoints,
                0,
                0,
                status == JobStatus.RUNNING,
                0,
                failure);
        return new LiveJob(
                request.id(),
                key().display(),
                status,
                startedAt,
                attempt.isPresent() ? parallelism : 0,
                request.job().spec().flink().version(),
                Optional.empty(),
                attempt.map(asked -> detail));
    }

    private static StatePointer of(StatePointer pointer, int attempt) {
        return new StatePointer(
                pointer.kind(),
                pointer.path(),
                pointer.job(),
                attempt,
                pointer.checkpointId(),
                pointer.completedAt(),
                pointer.flinkVersion());
    }
}
