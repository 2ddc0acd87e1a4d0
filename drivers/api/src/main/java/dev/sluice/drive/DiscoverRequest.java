// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.JobKey;

/**
 * A search of storage for state.
 *
 * @param newestAttempt attempts 1 to this one are searched
 */
public record DiscoverRequest(JobKey key, int newestAttempt, String flinkVersion) {
    public DiscoverRequest {
        requireNonNull(key, "key is null");
        requireNonNull(flinkVersion, "flinkVersion is null");
    }
}
