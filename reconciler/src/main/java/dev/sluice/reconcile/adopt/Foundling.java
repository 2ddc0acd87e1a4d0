// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.adopt;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.rest.JobPortrait;

/**
 * A running job that no spec of the environment claims.
 *
 * @param cluster its name in the environment
 * @param flinkVersion minor version that the cluster says it is
 */
public record Foundling(String cluster, String flinkVersion, JobPortrait job) {
    public Foundling {
        requireNonNull(cluster, "cluster is null");
        requireNonNull(flinkVersion, "flinkVersion is null");
        requireNonNull(job, "job is null");
    }
}
