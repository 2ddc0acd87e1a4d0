// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.JobStatus;
import java.time.Instant;

/** One line of {@code /jobs/overview}. */
record OverviewEntry(JobId id, String name, JobStatus status, Instant startedAt) {
    OverviewEntry {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(status, "status is null");
        requireNonNull(startedAt, "startedAt is null");
    }
}
