// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * When running jobs of some clusters may be stopped; a cluster without a window may be stopped on at
 * any time. What is down is started at any time.
 *
 * @param opens when the window opens
 * @param lasts how long it stays open, more than nothing
 * @param clusters names of clusters; empty for all of the environment
 */
public record MaintenanceWindow(Schedule opens, Duration lasts, List<String> clusters) {
    public MaintenanceWindow {
        requireNonNull(opens, "opens is null");
        requireNonNull(lasts, "lasts is null");
        if (lasts.isNegative() || lasts.isZero()) {
            throw new IllegalArgumentException("a window must last: " + lasts);
        }
        clusters = List.copyOf(clusters);
    }

    /** True when the window is for that cluster. */
    public boolean isFor(String cluster) {
        return clusters.isEmpty() || clusters.contains(cluster);
    }
}
