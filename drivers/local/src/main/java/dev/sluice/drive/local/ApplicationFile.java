// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.Place;
import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of the cluster of one attempt, in {@code application.json}. It is written before
 * the first process is launched, and that it is there means: never launch the JobManager again.
 *
 * @param flink minor version
 * @param job for people
 * @param jobManager process id, 0 until it was launched; belief only, see {@link FlinkProcess}
 * @param taskManager process id, 0 until it was launched; belief only
 * @param place where the processes were started
 * @param jobOver since when its job was seen to be over, by whoever looked first
 * @param end why the cluster is over; nothing is started for it any more
 * @param isBurnt the job was refused before it ran, and {@code end} has the cause
 */
record ApplicationFile(
        String flink,
        String job,
        int attempt,
        String home,
        Ports ports,
        long jobManager,
        long taskManager,
        Place place,
        Optional<Instant> jobOver,
        Optional<String> end,
        boolean isBurnt) {
    ApplicationFile {
        requireNonNull(flink, "flink is null");
        requireNonNull(job, "job is null");
        requireNonNull(home, "home is null");
        requireNonNull(ports, "ports is null");
        requireNonNull(place, "place is null");
        requireNonNull(jobOver, "jobOver is null");
        requireNonNull(end, "end is null");
    }

    ApplicationFile running(long newJobManager, long newTaskManager) {
        return with(newJobManager, newTaskManager, jobOver, end, isBurnt);
    }

    ApplicationFile over(Instant since) {
        return with(jobManager, taskManager, Optional.of(since), end, isBurnt);
    }

    ApplicationFile ended(String why, boolean burnt) {
        return with(jobManager, taskManager, jobOver, Optional.of(why), burnt);
    }

    /** All that changes in the life of an attempt. */
    private ApplicationFile with(
            long newJobManager,
            long newTaskManager,
            Optional<Instant> over,
            Optional<String> why,
            boolean burnt) {
        return new ApplicationFile(
                flink,
                job,
                attempt,
                home,
                ports,
                newJobManager,
                newTaskManager,
                place,
                over,
                why,
                burnt);
    }
}
