// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.Place;

/**
 * What is remembered of a running cluster, in {@code cluster.json}.
 *
 * @param flink minor version
 * @param jobManager process id; belief only, see {@link FlinkProcess}
 * @param taskManager process id; belief only
 * @param place where the processes were started, outside of which their ids mean nothing; a file of
 *     an earlier version does not say
 */
record ClusterFile(
        String flink, String home, Ports ports, long jobManager, long taskManager, Place place) {
    ClusterFile {
        requireNonNull(flink, "flink is null");
        requireNonNull(home, "home is null");
        requireNonNull(ports, "ports is null");
        place = place == null ? Place.UNKNOWN : place;
    }
}
