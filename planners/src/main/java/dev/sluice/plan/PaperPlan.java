// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.CommitId;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.RestoreFrom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The plan of a pull request, without any cluster or journal: what would happen if everything that
 * the base says ran well. The very same planner decides.
 */
public final class PaperPlan {
    private static final RestoreFrom NOT_LOOKED_AT = new RestoreFrom.Empty("not looked at");

    private final Projection projection;
    private final Instant now;

    public PaperPlan(Projection projection, Instant now) {
        this.projection = projection;
        this.now = now;
    }

    /** From the spec in force to the one that is proposed; either may be missing, not both. */
    public Projected project(Optional<EffectiveJob> base, Desired head, Surroundings surroundings) {
        JobKey key = base.map(EffectiveJob::key)
                .orElseGet(() -> ((Desired.Specified) head).job().key());
        return projection.project(head, record(key, base), observed(base), surroundings, now);
    }

    /** What will be remembered of a job of the base once it has been removed: for its heir. */
    public JobRecord removed(EffectiveJob base, CommitId commit) {
        JobKey key = base.key();
        return projection.after(
                new Desired.Removed(commit),
                record(key, Optional.of(base)),
                observed(Optional.of(base)),
                now);
    }

    private Observed observed(Optional<EffectiveJob> base) {
        return base.filter(PaperPlan::isToRun)
                .<Observed>map(job -> new Observed.Present(now, List.of(running(job))))
                .orElseGet(() -> new Observed.NotListed(now, List.of()));
    }

    private JobRecord record(JobKey key, Optional<EffectiveJob> base) {
        JobRecord fresh = JobRecord.fresh(key);
        if (base.isEmpty()) {
            return fresh;
        }
        JobRecord started = fresh.starting(base.get(), NOT_LOOKED_AT, now);
        JobRecord honoured = base.get()
                .spec()
                .lineage()
                .restore()
                .map(word -> started.with(started.notes().restored(word.nonce())))
                .orElse(started);
        return honoured.stable(
                isToRun(base.get())
                        ? new Phase.Stable(JobId.of(key, started.attempt()), now)
                        : new Phase.Suspended(NOT_LOOKED_AT, now));
    }

    private LiveJob running(EffectiveJob job) {
        return new LiveJob(
                JobId.of(job.key(), 1),
                job.key().display(),
                JobStatus.RUNNING,
                now,
                job.spec().resources().parallelism(),
                job.spec().flink().version(),
                Optional.empty(),
                Optional.empty());
    }

    private static boolean isToRun(EffectiveJob job) {
        return new Desired.Specified(job.commit(), job).isToRun();
    }
}
