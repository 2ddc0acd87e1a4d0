// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.plan.change.ChangeClass;
import dev.sluice.plan.change.ChangeClasses;
import dev.sluice.plan.change.FieldChange;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import java.time.Instant;
import java.util.Optional;

/** Changes that the running attempt takes up as it runs. Each is recorded, so that it is made once. */
final class LiveRules {
    private final Situation situation;
    private final JobRecord record;

    LiveRules(Situation situation) {
        this.situation = situation;
        this.record = situation.record();
    }

    /**
     * A log level belongs to the processes of a Flink cluster. In one that other jobs use nobody could
     * carry it out for one job, now or with its next start, so nobody is asked to.
     */
    static boolean canTell(JobRecord record) {
        return record.deployed()
                .filter(running -> JobShape.hasOwnCluster(running.spec()))
                .isPresent();
    }

    /** Another parallelism in place, where Flink can and the cluster has not declined. */
    Optional<Decision> rescale(LiveJob job, EffectiveJob target) {
        boolean isPossible =
                job.status() == JobStatus.RUNNING && !isDeclined(target) && isAlone(target);
        if (!isPossible || new Allowances(situation).beforeStop(target).isPresent()) {
            return Optional.empty();
        }
        Step step = new Step.Rescale(
                record.deployed().orElseThrow(), target, record.attempt(), job.id());
        return Optional.of(retried(step));
    }

    /** What takes effect without a restart and is more than words for people. */
    Decision apply(LiveJob job, EffectiveJob target) {
        Step step = new Step.ApplyLive(
                record.deployed().orElseThrow(), target, record.attempt(), job.id());
        return retried(step);
    }

    private Decision retried(Step step) {
        Optional<Instant> pause = situation.pause();
        return pause.isPresent()
                ? Decision.hold(
                        record,
                        Reason.WaitingForRetry,
                        "the change could not be made; tried again at " + pause.get(),
                        pause.get())
                : Decision.act(record, step, Reason.SpecChanged);
    }

    private boolean isDeclined(EffectiveJob target) {
        return record.notes().notLive().filter(target.digest().brief()::equals).isPresent();
    }

    /** Nothing but the parallelism changes that the running job would have to know. */
    private boolean isAlone(EffectiveJob target) {
        return record.deployed()
                .map(EffectiveJob::spec)
                .filter(old -> JobShape.isRescalable(old))
                .filter(old -> ChangeClasses.fields(old, target.spec()).stream()
                        .map(FieldChange::change)
                        .filter(change -> change == ChangeClass.LIVE && canTell(record))
                        .findFirst()
                        .isEmpty())
                .isPresent();
    }
}
