// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.SavepointDirectory;
import dev.sluice.spec.TriggerId;
import dev.sluice.spec.UpgradePolicy.SavepointFormat;

/**
 * A stop with a savepoint.
 *
 * @param directory target directory of this one try, from {@link SavepointDirectory}; it
 *     holds at most one savepoint, so the path can be found when every memory of it is lost
 * @param flinkVersion minor version that the running attempt was started with
 */
public record StopRequest(
        JobKey key,
        int attempt,
        JobId job,
        TriggerId trigger,
        String directory,
        SavepointFormat format,
        String flinkVersion) {
    public StopRequest {
        requireNonNull(key, "key is null");
        requireNonNull(job, "job is null");
        requireNonNull(trigger, "trigger is null");
        if (!directory.startsWith(SavepointDirectory.of(key) + "/" + attempt + "-")) {
            throw new IllegalArgumentException(
                    "not a savepoint directory of the attempt: " + directory);
        }
        requireNonNull(format, "format is null");
        requireNonNull(flinkVersion, "flinkVersion is null");
    }
}
