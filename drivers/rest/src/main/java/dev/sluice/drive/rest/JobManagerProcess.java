// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The process that answers.
 *
 * @param id {@code web.tmpdir}, to which each JobManager adds a random part when it starts
 *     (ClusterEntrypoint, 1.15 to 2.3)
 * @param heartbeatTimeout for so long TaskManagers go on working for a JobManager that has died
 * @param grows it asks Kubernetes or YARN for TaskManagers as its jobs need them (native mode), so
 *     that its free slots say nothing of what it could give
 */
public record JobManagerProcess(String id, Duration heartbeatTimeout, boolean grows) {
    public JobManagerProcess {
        requireNonNull(id, "id is null");
        requireNonNull(heartbeatTimeout, "heartbeatTimeout is null");
    }
}
