// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.admit;

import dev.sluice.plan.Course;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Slots;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.FlinkTarget;
import java.util.Optional;

/** How many slots one job takes on its way; a job takes as many as its widest vertex is wide. */
final class SlotNeed {
    /** So many slots of one cluster; none or fewer where the job gives some back. */
    record Claim(FlinkTarget at, int slots) {
        static Claim of(EffectiveJob job) {
            return new Claim(job.spec().flink(), job.spec().resources().parallelism());
        }
    }

    private final Applicant job;
    private final JobRecord record;

    SlotNeed(Applicant job) {
        this.job = job;
        this.record = job.record();
    }

    /** What a job on its way takes of the slots that its cluster may still call free. */
    Optional<Claim> claim() {
        Phase phase = job.phase();
        boolean isBegun = phase instanceof Phase.Starting || phase instanceof Phase.Verifying;
        if (isBegun && record.lastSeenRunning().isEmpty()) {
            return record.deployed().map(Claim::of);
        }
        boolean isLeaving = phase instanceof Phase.Stopping || phase instanceof Phase.Cancelling;
        boolean isDown = Course.isDown(phase)
                || job.isUpright() && Course.isDown(job.decision().next().phase());
        if (!job.desired().isToRun() || !isLeaving && !isDown) {
            return Optional.empty();
        }
        return isLeaving ? more() : whole();
    }

    /** What its next attempt takes. */
    Optional<Claim> whole() {
        return job.desired().isToRun()
                ? job.wanted().or(record::deployed).map(Claim::of)
                : Optional.empty();
    }

    /** The same besides what the running attempt gives back to the same place. */
    Optional<Claim> more() {
        return whole().map(whole -> isOf(whole.at())
                ? new Claim(whole.at(), whole.slots() - Slots.held(record, job.observed()))
                : whole);
    }

    /** An adaptive scheduler is content with fewer slots. */
    boolean isContent() {
        return job.wanted().filter(wanted -> Slots.mayBeFewer(wanted.spec())).isPresent();
    }

    private boolean isOf(FlinkTarget place) {
        return record.deployed().filter(old -> old.spec().flink().equals(place)).isPresent();
    }
}
