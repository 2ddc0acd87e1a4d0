// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

/**
 * Where a job runs.
 *
 * @param version Flink minor version such as {@code 1.20}
 * @param cluster name of a cluster of the environment
 */
public record FlinkTarget(String version, String cluster, Mode mode) {
    /** Flink's deployment modes. */
    public enum Mode {
        APPLICATION,
        SESSION,
        PER_JOB
    }

    public FlinkTarget {
        requireNonNull(version, "version is null");
        Names.require(cluster, "cluster", 40);
        requireNonNull(mode, "mode is null");
    }
}
