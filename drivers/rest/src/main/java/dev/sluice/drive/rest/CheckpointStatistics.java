// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.observed.StatePointer.Kind;
import java.time.Instant;
import java.util.Optional;

/**
 * What {@code /jobs/:id/checkpoints} says.
 *
 * @param newest the newer of the latest checkpoint and the latest savepoint of this run
 * @param restoredPath what this run was restored from
 * @param underWay id of the newest savepoint that is being taken
 */
record CheckpointStatistics(
        Optional<Snapshot> newest,
        Optional<String> restoredPath,
        long completed,
        long failed,
        Optional<Long> underWay) {
    /** One completed checkpoint or savepoint, with a path that a job can be started from. */
    record Snapshot(Kind kind, long id, String path, Instant completedAt) {
        Snapshot {
            requireNonNull(kind, "kind is null");
            requireNonNull(path, "path is null");
            requireNonNull(completedAt, "completedAt is null");
        }
    }

    CheckpointStatistics {
        requireNonNull(newest, "newest is null");
        requireNonNull(restoredPath, "restoredPath is null");
        requireNonNull(underWay, "underWay is null");
    }
}
