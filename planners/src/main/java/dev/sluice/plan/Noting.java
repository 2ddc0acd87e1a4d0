// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import java.time.Instant;
import java.util.Optional;

/**
 * What a look at the newest attempt adds to the record. A healthy job is noted once a minute only,
 * because each note is a durable write.
 */
final class Noting {
    private Noting() {}

    static JobRecord of(Situation situation) {
        Optional<LiveJob> job = situation.sight().job();
        return job.map(seen -> noted(situation, seen)).orElse(situation.record());
    }

    private static JobRecord noted(Situation situation, LiveJob job) {
        JobRecord record = taken(situation.record());
        boolean isRunning = job.status() == JobStatus.RUNNING
                && !Slots.areMissing(job)
                && !isBeginning(record, job, situation.observed().at());
        if (isRunning && !isDue(record, situation.observed().at())) {
            return checkpointed(record, job);
        }
        JobRecord seen = isRunning ? record.seenRunning(situation.observed().at()) : record;
        return learned(checkpointed(seen, job), job);
    }

    /**
     * Flink calls a job RUNNING before it has asked for slots: a look at that moment says nothing of
     * whether the attempt ever ran.
     */
    private static boolean isBeginning(JobRecord record, LiveJob job, Instant at) {
        boolean isBatch =
                record.deployed().filter(old -> JobShape.isBatch(old.spec())).isPresent();
        return !isBatch
                && record.phase() instanceof Phase.Verifying phase
                && phase.wellSince().isEmpty()
                && record.lastSeenRunning().isEmpty()
                && !record.notes().checkpointed()
                && at.isBefore(phase.since().plus(Limits.START))
                && job.detail()
                        .filter(detail ->
                                detail.allVerticesRunning() || detail.completedCheckpoints() > 0)
                        .isEmpty();
    }

    /** What is listed was taken, however its start was answered. */
    private static JobRecord taken(JobRecord record) {
        return record.notes().untaken() ? record.with(record.notes().taken()) : record;
    }

    private static boolean isDue(JobRecord record, Instant at) {
        return record.lastSeenRunning()
                .map(last -> !at.isBefore(last.plus(Limits.NOTE_EVERY)))
                .orElse(true);
    }

    private static JobRecord checkpointed(JobRecord record, LiveJob job) {
        boolean hasOne = job.detail()
                .filter(detail -> detail.completedCheckpoints() > 0
                        || detail.latestCompleted().isPresent())
                .isPresent();
        return hasOne && !record.notes().checkpointed()
                ? record.with(record.notes().sawCheckpoint())
                : record;
    }

    private static JobRecord learned(JobRecord record, LiveJob job) {
        return job.detail()
                .flatMap(JobDetail::latestCompleted)
                .filter(pointer -> pointer.attempt() == record.attempt())
                .map(record::learned)
                .orElse(record);
    }
}
