// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;

/**
 * A job that waits for slots. Flink calls it RUNNING, or CREATED under the adaptive scheduler, but takes
 * no savepoint of it until every task has begun; its newest state is a checkpoint of before, or what it
 * was started from.
 */
final class Slots {
    private Slots() {}

    /** True when a look found tasks without a slot; without details nobody knows. */
    static boolean areMissing(LiveJob job) {
        boolean isBegun = job.status() == JobStatus.RUNNING || job.status() == JobStatus.CREATED;
        return isBegun && waiting(job) > 0;
    }

    /** Where the job stands, as a part of a sentence. */
    static String standing(LiveJob job) {
        String status = "the job is " + job.status();
        return areMissing(job)
                ? status + " and " + waiting(job) + " of its tasks wait for a slot"
                : status;
    }

    private static int waiting(LiveJob job) {
        return job.detail().map(JobDetail::waitingTasks).orElse(0);
    }
}
