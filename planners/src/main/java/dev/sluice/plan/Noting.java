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
        JobRecord record = situation.record();
        boolean isRunning = job.status() == JobStatus.RUNNING && !Slots.areMissing(job);
        if (isRunning && !isDue(record, situation.observed().at())) {
            return checkpointed(record, job);
        }
        JobRecord seen = isRunning ? record.seenRunning(situation.observed().at()) : record;
        return learned(checkpointed(seen, job), job);
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
