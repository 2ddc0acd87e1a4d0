// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Where a job runs.
 *
 * @param version Flink minor version such as {@code 1.20}
 * @param cluster name of a cluster of the environment
 * @param session a declared session cluster there, in session mode on YARN and Kubernetes
 */
public record FlinkTarget(String version, String cluster, Mode mode, Optional<String> session) {
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
        requireNonNull(session, "session is null");
    }

    /** A target without a named session cluster. */
    public FlinkTarget(String version, String cluster, Mode mode) {
        this(version, cluster, mode, Optional.empty());
    }
}
