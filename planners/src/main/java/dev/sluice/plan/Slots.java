// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.JobSpec;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;

/**
 * A job that waits for slots. Flink calls it RUNNING, or CREATED under the adaptive scheduler, but takes
 * no savepoint of it until every task has begun; its newest state is a checkpoint of before, or what it
 * was started from.
 */
public final class Slots {
    private Slots() {}

    /** How many the running attempt gives back: what was seen of it, else what its spec says. */
    public static int held(JobRecord record, Observed observed) {
        int told = Sight.of(observed, record.currentId())
                .job()
                .map(LiveJob::parallelism)
                .orElse(0);
        return told > 0
                ? told
                : record.deployed()
                        .map(old -> old.spec().resources().parallelism())
                        .orElse(0);
    }

    /** An adaptive scheduler is content with fewer than the spec asks for. */
    public static boolean mayBeFewer(JobSpec spec) {
        return JobShape.isRescalable(spec);
    }

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
