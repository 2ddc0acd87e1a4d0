// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.observed;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.JobId;
import java.time.Instant;

/**
 * A savepoint or retained checkpoint that a job can start from.
 *
 * @param path as Flink reports it, such as {@code file:/data/.../savepoint-1a2b3c-...}
 * @param job the Flink job that wrote it
 * @param attempt attempt of that job; order is (attempt, checkpoint id), never the id alone,
 *     because ids start again with an empty start
 * @param checkpointId Flink's id, or -1 where only a path is known
 * @param completedAt by the JobManager's clock
 * @param flinkVersion minor version that wrote it, or {@link #UNKNOWN_VERSION} where it was found on
 *     storage, which does not say
 */
public record StatePointer(
        Kind kind,
        String path,
        JobId job,
        int attempt,
        long checkpointId,
        Instant completedAt,
        String flinkVersion) {
    /** Of state whose writer nobody knows. */
    public static final String UNKNOWN_VERSION = "unknown";

    /** Stands for the job where a person has named a path. */
    public static final JobId NOBODY = new JobId("0".repeat(32));

    /** What kind of state a pointer names. */
    public enum Kind {
        SAVEPOINT,
        CHECKPOINT
    }

    public StatePointer {
        requireNonNull(kind, "kind is null");
        requireNonNull(path, "path is null");
        if (path.isBlank()) {
            throw new IllegalArgumentException(
                    "a state pointer needs a path; no state is RestoreFrom.Empty");
        }
        requireNonNull(job, "job is null");
        requireNonNull(completedAt, "completedAt is null");
        requireNonNull(flinkVersion, "flinkVersion is null");
    }

    /** True when this pointer holds later state than the other, by (attempt, checkpoint id, time). */
    public boolean isNewerThan(StatePointer other) {
        if (attempt != other.attempt) {
            return attempt > other.attempt;
        }
        if (checkpointId != other.checkpointId && checkpointId >= 0 && other.checkpointId >= 0) {
            return checkpointId > other.checkpointId;
        }
        return completedAt.isAfter(other.completedAt);
    }
}
