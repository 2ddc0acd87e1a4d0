// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where a cluster's savepoints and checkpoints lie, as far as Sluice can see it. */
public interface StateStorage {
    /** Whether a path holds complete state. */
    enum Presence {
        COMPLETE,
        MISSING,
        UNKNOWN
    }

    /**
     * Complete state on storage.
     *
     * @param checkpointId Flink's id, or -1 if it cannot be read
     */
    record Found(StatePointer.Kind kind, String path, long checkpointId, Instant completedAt) {
        public Found {
            requireNonNull(kind, "kind is null");
            requireNonNull(path, "path is null");
            requireNonNull(completedAt, "completedAt is null");
        }

        public StatePointer pointer(JobId job, int attempt, String flinkVersion) {
            return new StatePointer(
                    kind, path, job, attempt, checkpointId, completedAt, flinkVersion);
        }
    }

    /** The target directory of a stop, as Flink shall be told. */
    String target(String directory);

    Presence presence(String path);

    /** When complete state was written, by the storage's own clock; empty where it cannot be seen. */
    Optional<Instant> writtenAt(String path) throws IOException;

    /** The complete savepoints in the target directory of one stop; empty if it does not exist. */
    List<Found> savepoints(String directory) throws IOException;

    /** The complete retained checkpoints of one Flink job. */
    List<Found> checkpoints(JobId job) throws IOException;

    /** The directories of all stops of one job, as {@link dev.sluice.drive.StopRequest} names them. */
    List<String> directories(JobKey key) throws IOException;
}
