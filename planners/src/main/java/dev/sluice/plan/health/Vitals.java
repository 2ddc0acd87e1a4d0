// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.health;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.StatePointer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What several looks at one attempt have told, as far as health rules need it. Counters that fall, as
 * those of a new JobManager do, begin it anew.
 *
 * @param freshAt when its last checkpoint was completed, or when it was started
 * @param completed checkpoints by the newest look
 * @param failed likewise
 * @param failedBefore failed ones that the look saw which first saw the newest completed one; whether
 *     these came before or after it nobody knows, so they do not count against the job
 * @param restarts every change of Flink's counter, oldest first, and what it was at first
 * @param lookedAt time of the newest look that told all this
 */
public record Vitals(
        JobId id,
        Instant freshAt,
        long completed,
        long failed,
        long failedBefore,
        List<Restarts> restarts,
        Instant lookedAt) {
    /** More changes than any sensible rule counts. */
    private static final int KEPT = 256;

    /** Flink's counter of restarts at a moment. */
    public record Restarts(Instant at, long count) {
        public Restarts {
            requireNonNull(at, "at is null");
        }
    }

    public Vitals {
        requireNonNull(id, "id is null");
        requireNonNull(freshAt, "freshAt is null");
        restarts = List.copyOf(restarts);
        requireNonNull(lookedAt, "lookedAt is null");
    }

    /** From the first look that told details. */
    public static Vitals first(LiveJob job, JobDetail detail, Instant at) {
        return new Vitals(
                job.id(),
                freshAt(job, detail),
                detail.completedCheckpoints(),
                detail.failedCheckpoints(),
                detail.failedCheckpoints(),
                List.of(new Restarts(at, detail.restarts())),
                at);
    }

    /** With what one more look told; an older one, or the same again, changes nothing. */
    public Vitals then(LiveJob job, JobDetail detail, Instant at) {
        if (!at.isAfter(lookedAt)) {
            return this;
        }
        boolean isNew = !job.id().equals(id)
                || detail.completedCheckpoints() < completed
                || detail.failedCheckpoints() < failed
                || detail.restarts() < restarted();
        if (isNew) {
            return first(job, detail, at);
        }
        boolean isFresh = detail.completedCheckpoints() > completed;
        return new Vitals(
                id,
                freshAt(job, detail),
                detail.completedCheckpoints(),
                detail.failedCheckpoints(),
                isFresh ? detail.failedCheckpoints() : failedBefore,
                restarted(detail.restarts(), at),
                at);
    }

    /** Failed checkpoints since the last completed one, at least. */
    long failedInARow() {
        return failed - failedBefore;
    }

    /** Restarts within so much time before the newest look, as far as they were watched. */
    long restartsWithin(Duration window) {
        Instant from = lookedAt.minus(window);
        long before = restarts.get(0).count();
        for (Restarts change : restarts) {
            before = change.at().isAfter(from) ? before : change.count();
        }
        return restarted() - before;
    }

    private long restarted() {
        return restarts.get(restarts.size() - 1).count();
    }

    private List<Restarts> restarted(long count, Instant at) {
        if (count == restarted()) {
            return restarts;
        }
        List<Restarts> more = new ArrayList<>(restarts);
        more.add(new Restarts(at, count));
        return more.subList(Math.max(0, more.size() - KEPT), more.size());
    }

    private static Instant freshAt(LiveJob job, JobDetail detail) {
        return detail.latestCompleted().map(StatePointer::completedAt).orElse(job.startedAt());
    }
}
