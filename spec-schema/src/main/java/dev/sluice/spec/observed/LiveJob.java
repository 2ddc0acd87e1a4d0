// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.observed;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.JobId;
import java.time.Instant;
import java.util.Optional;

/**
 * One job as a cluster lists it; terminal ones are listed too while the JobManager remembers them.
 *
 * @param name display name; never an identity
 * @param parallelism of the job's widest vertex; 0 when the cluster did not say
 * @param flinkVersion minor version of the cluster
 * @param webUrl the job's page in Flink's own interface
 */
public record LiveJob(
        JobId id,
        String name,
        JobStatus status,
        Instant startedAt,
        int parallelism,
        String flinkVersion,
        Optional<String> webUrl,
        Optional<JobDetail> detail) {
    public LiveJob {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(status, "status is null");
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(flinkVersion, "flinkVersion is null");
        requireNonNull(webUrl, "webUrl is null");
        requireNonNull(detail, "detail is null");
    }
}
