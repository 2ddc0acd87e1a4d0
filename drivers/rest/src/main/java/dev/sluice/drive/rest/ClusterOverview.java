// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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

    /**
     * Free slots under the minor version; without any TaskManager nothing, since it may be on its way.
     */
    public SortedMap<String, Integer> freeSlotsOf(String minor) {
        return taskManagers == 0 ? new TreeMap<>() : new TreeMap<>(Map.of(minor, freeSlots));
    }
}
