// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static java.util.Objects.requireNonNull;

/**
 * What {@code /overview} says of a cluster.
 *
 * @param version patch release, such as {@code 1.20.1}; a vendor may add a suffix
 * @param taskManagers how many have registered
 */
public record ClusterOverview(String version, int taskManagers, int slots, int freeSlots) {
    public ClusterOverview {
        requireNonNull(version, "version is null");
    }

    /** Whether the cluster is of a minor version such as {@code 1.20}. */
    public boolean isOf(String minor) {
        return version.equals(minor) || version.startsWith(minor + ".");
    }
}
