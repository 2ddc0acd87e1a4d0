// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static java.util.Objects.requireNonNull;

/**
 * What is remembered of a running cluster, in {@code cluster.json}.
 *
 * @param flink minor version
 * @param jobManager process id; belief only, see {@link FlinkProcess}
 * @param taskManager process id; belief only
 */
record ClusterFile(String flink, String home, Ports ports, long jobManager, long taskManager) {
    ClusterFile {
        requireNonNull(flink, "flink is null");
        requireNonNull(home, "home is null");
        requireNonNull(ports, "ports is null");
    }
}
