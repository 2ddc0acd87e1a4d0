// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.plan.Situation.Wish;
import dev.sluice.plan.change.ChangeClass;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** An attempt is meant to run: is it there, is it well, is it what git wants? */
final class RunningRules {
    private final Situation situation;
    private final JobRecord record;

    RunningRules(Situation situation) {
        this.situation = situation;
        this.record = situation.record();
    }

    Decision verifying(Phase.Verifying phase) {
        boolean isOld = !situation.observed().at().isAfter(phase.since());
        Sight.Kind kind = situation.sight().kind();
        if (isOld && (kind == Sight.Kind.UNLISTED || kind == Sight.Kind.ABSENT)) {
            return Decision.rest(record, Reason.Starting);
        }
        return seen(job -> new Soak(situation, phase).verify(job));
    }

    Decision stable() {
        return seen(job -> job.status() == JobStatus.CANCELLING
                ? Decision.hold(
                        record,
                        Reason.WaitingForTerminal,
                        "the job is being cancelled by someone else")
                : Decision.rest(record, Reason.Stable));
    }

    private Decision seen(Function<LiveJob, Decision> unchanged) {
        Sight sight = situation.sight();
        return switch (sight.kind()) {
            case UNKNOWN -> Decision.hold(record, Reason.ClusterUnknown, unknown());
            case UNLISTED -> Decision.act(record, situation.proveAbsent(), unlisted(sight));
            case ABSENT -> failed("nothing runs any more");
            case ENDED -> ended(sight.job().orElseThrow());
            case LIVE -> live(sight.job().orElseThrow(), unchanged);
        };
    }

    /** While another attempt runs, no proof comes, and nobody but a person can tell which is right. */
    private Hold unlisted(Sight sight) {
        return sight.live().isEmpty()
                ? new Hold(
                        Reason.ClusterUnknown,
                        "the cluster does not list the job, which proves nothing")
                : new Hold(
                        Reason.RunsUnexpectedly,
                        "the cluster does not list attempt " + record.attempt()
                                + ", but another attempt of the job runs: " + sight.liveIds()
                                + "; end it by hand");
    }

    private Decision live(LiveJob job, Function<LiveJob, Decision> unchanged) {
        boolean isAnswered = situation.wish() != Wish.RUN || situation.restore().isPresent();
        if (!isAnswered && record.notes().news().isPresent()) {
            return situation.block(
                    Reason.StateUnknown,
                    new Revival(record, record.notes().news().get()).told()
                            + ", and that attempt runs all the same",
                    "decide with restore.from and a new nonce which state is right");
        }
        if (!isAnswered
                && Restored.judge(record, job, situation.observed().at())
                        == Restored.Verdict.DIFFERS) {
            return situation.block(
                    Reason.RestoredPathDiffers,
                    Restored.told(record, job, situation.observed().at()),
                    "decide with restore.from and a new nonce which state is right");
        }
        if (situation.wish() != Wish.RUN) {
            return new StopRules(situation).stop(job);
        }
        EffectiveJob target =
                situation.target().orElseGet(() -> record.deployed().orElseThrow());
        ChangeClass change = situation.change(target);
        if (change.needsStop()) {
            Optional<Decision> inPlace = change == ChangeClass.RESCALE
                    ? new LiveRules(situation).rescale(job, target)
                    : Optional.empty();
            return meanwhile(
                    inPlace.orElseGet(() -> new StopRules(situation).replace(job, target)),
                    job,
                    unchanged);
        }
        return unchanged(job, target, unchanged);
    }

    /** While the change is held, the attempt that runs is cared for as if git had not spoken. */
    private Decision meanwhile(
            Decision change, LiveJob job, Function<LiveJob, Decision> unchanged) {
        boolean isHeld = change.step().isEmpty() && change.next().equals(record);
        if (!isHeld || !(record.phase() instanceof Phase.Verifying)) {
            return change;
        }
        Decision care = unchanged.apply(job);
        for (Hold hold : change.holds()) {
            care = care.with(hold).because(hold.reason());
        }
        return care;
    }

    /** Changes that need no restart are in force at once, and remembered so. */
    private Decision unchanged(
            LiveJob job, EffectiveJob target, Function<LiveJob, Decision> unchanged) {
        boolean isSame = record.deployed()
                .filter(old -> old.digest().equals(target.digest()))
                .isPresent();
        if (isSame || situation.refusal().isPresent()) {
            return unchanged.apply(job);
        }
        if (situation.change(target) == ChangeClass.LIVE && LiveRules.canTell(record)) {
            return meanwhile(new LiveRules(situation).apply(job, target), job, unchanged);
        }
        Situation next = situation.with(record.deployed(target));
        return record.phase() instanceof Phase.Verifying phase
                ? new Soak(next, phase).verify(job)
                : Decision.rest(next.record(), Reason.Stable);
    }

    private Decision ended(LiveJob job) {
        if (job.status() == JobStatus.FAILED) {
            return failed("the job failed: "
                    + job.detail().flatMap(JobDetail::rootCause).orElse("cause not known"));
        }
        if (job.status() == JobStatus.FINISHED && isUnclear(job)) {
            return lookedAtAgain(job);
        }
        boolean isStopped = job.status() == JobStatus.CANCELED || endedWithSavepoint(job);
        if (isStopped && situation.wish() == Wish.RUN) {
            return situation.block(
                    Reason.ExternallyStopped,
                    "the job was stopped by someone else",
                    "commit a change of this job to start it from its newest state, or suspend it");
        }
        if (isStopped || situation.wish() != Wish.RUN) {
            return Decision.act(
                    record.in(recovering()), situation.proveAbsent(), Reason.Suspending);
        }
        Phase next = new Phase.Finished(job.id(), situation.now());
        return Decision.rest(record.stable(next), Reason.Finished);
    }

    /** Without details nobody knows whether a stream ended by itself or was stopped. */
    private boolean isUnclear(LiveJob job) {
        boolean isStream =
                record.deployed().filter(old -> !JobShape.isBatch(old.spec())).isPresent();
        return isStream && job.detail().isEmpty() && situation.wish() == Wish.RUN;
    }

    private Decision lookedAtAgain(LiveJob job) {
        String text = "the job is " + job.status() + "; asks whether somebody stopped it";
        Instant soon = situation.now().plus(Limits.FIRST_RETRY);
        if (record.phase() instanceof Phase.Verifying) {
            return Decision.hold(record, Reason.Soaking, text, soon);
        }
        RestoreFrom from = record.startedFrom().orElse(new RestoreFrom.Empty("adopted"));
        Phase next = new Phase.Verifying(job.id(), from, Optional.empty(), situation.now());
        return Decision.hold(record.in(next), Reason.Soaking, text, soon);
    }

    /** A stream does not end with a savepoint by itself: somebody stopped it. */
    private boolean endedWithSavepoint(LiveJob job) {
        boolean isBatch =
                record.deployed().filter(old -> JobShape.isBatch(old.spec())).isPresent();
        return !isBatch
                && job.detail()
                        .flatMap(JobDetail::latestCompleted)
                        .filter(last -> last.kind() == StatePointer.Kind.SAVEPOINT)
                        .isPresent();
    }

    private Decision failed(String cause) {
        boolean isBad = record.phase() instanceof Phase.Verifying
                && situation.wish() == Wish.RUN
                && Rollback.isPossible(situation);
        JobRecord next = isBad ? Rollback.refused(situation, cause) : counted();
        return Decision.act(
                next.with(next.notes().begun(Optional.empty())).in(recovering()),
                situation.proveAbsent(),
                isBad ? Reason.RollingBack : Reason.Recovering);
    }

    private JobRecord counted() {
        return Failures.counted(record, situation.now());
    }

    private Phase recovering() {
        return new Phase.Recovering(Reason.Recovering, false, Optional.empty(), situation.now());
    }

    private String unknown() {
        return situation.observed() instanceof Observed.Unknown unknown
                ? unknown.reason()
                : "the cluster did not answer";
    }
}
