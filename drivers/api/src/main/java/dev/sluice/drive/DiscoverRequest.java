// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import java.util.Optional;

/**
 * A search of storage for state.
 *
 * @param newestAttempt attempts 1 to this one are searched; 0 without an adopted job when nobody
 *     knows how many there were
 * @param adopted the job that became attempt 0, if one did: attempt 0 is searched too
 */
public record DiscoverRequest(
        JobKey key, int newestAttempt, Optional<JobId> adopted, String flinkVersion) {
    public DiscoverRequest {
        requireNonNull(key, "key is null");
        requireNonNull(adopted, "adopted is null");
        requireNonNull(flinkVersion, "flinkVersion is null");
    }

    /** No attempt is known: the journal is new, or one was lost that may have known any number. */
    public boolean isFirst() {
        return newestAttempt == 0 && adopted.isEmpty();
    }
}
