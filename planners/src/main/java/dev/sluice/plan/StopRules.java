// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.plan.Situation.Wish;
import dev.sluice.plan.change.ChangeClass;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.SavepointDirectory;
import dev.sluice.spec.TriggerId;
import dev.sluice.spec.UpgradePolicy;
import dev.sluice.spec.UpgradePolicy.OnSavepointFailure;
import dev.sluice.spec.UpgradePolicy.SavepointFormat;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Instant;
import java.util.Optional;

/** How a live attempt is ended for another spec, a suspension or a removal, and when it is not. */
final class StopRules {
    private final Situation situation;
    private final JobRecord record;

    StopRules(Situation situation) {
        this.situation = situation;
        this.record = situation.record();
    }

    /** Ends the attempt to suspend or remove the job. */
    Decision stop(LiveJob job) {
        if (situation.refusal().isPresent()) {
            return Decision.rest(record, situation.refusal().get().reason());
        }
        Reason reason = situation.wish() == Wish.REMOVE ? Reason.Removing : Reason.Suspending;
        ChangeClass change =
                situation.wish() == Wish.REMOVE ? ChangeClass.DELETE : ChangeClass.SUSPEND;
        return end(job, change, known(situation.policy().savepointFormat()), reason);
    }

    /** Ends the attempt to start another spec in its place. */
    Decision replace(LiveJob job, EffectiveJob target) {
        ChangeClass change = situation.change(target);
        Allowances allowances = new Allowances(situation);
        Optional<Hold> hold = allowances.beforeStop(target);
        if (hold.isPresent()) {
            return allowances.held(hold.get());
        }
        Optional<Hold> lack = new Room(situation).lacking(target);
        if (lack.isPresent()) {
            // Nothing of the job changes when a slot becomes free, so only time brings it back.
            return allowances
                    .held(lack.get())
                    .lookingAgainAt(situation.now().plus(Limits.FIRST_RETRY));
        }
        return new StageRules(situation)
                .before(target)
                .orElseGet(() -> end(job, change, format(target), Reason.SpecChanged));
    }

    private Decision end(LiveJob job, ChangeClass change, SavepointFormat format, Reason reason) {
        boolean isEnding =
                job.status() == JobStatus.CANCELLING || job.status() == JobStatus.FAILING;
        if (isWayBack(change) || Rollback.state(situation).isPresent()) {
            return isEnding ? ending(job, change) : cancel(change, situation.now());
        }
        if (record.phase() instanceof Phase.Verifying phase && isStillStarting(job, phase)) {
            if (isSuperseded(job, phase) && !isEnding && !needsSavepoint(change)) {
                return cancel(change, situation.now());
            }
            return Decision.hold(
                    record,
                    Reason.Starting,
                    "the attempt is still starting; it is stopped when it runs or failed");
        }
        if (isEnding) {
            return ending(job, change);
        }
        if (Slots.areMissing(job)) {
            return notRunning(job, change);
        }
        Optional<Instant> pause = situation.pause();
        if (pause.isPresent()) {
            return Decision.hold(
                    record,
                    Reason.SavepointFailed,
                    "the savepoint failed " + record.savepointTries()
                            + " times, the job runs on; tried again at " + pause.get(),
                    pause.get());
        }
        if (job.status() != JobStatus.RUNNING) {
            return notRunning(job, change);
        }
        return record.savepointTries() >= Limits.SAVEPOINT_TRIES
                ? exhausted(change)
                : savepoint(format, reason);
    }

    private Decision savepoint(SavepointFormat format, Reason reason) {
        int tryNumber = record.notes().stopTries() + 1;
        String plan = situation.desired().plan();
        TriggerId trigger = TriggerId.of(record.key(), record.attempt(), plan, tryNumber);
        String directory = SavepointDirectory.of(record.key(), record.attempt(), plan, tryNumber);
        Phase.Stopping stopping = new Phase.Stopping(
                trigger, directory, tryNumber, plan, format, record.phase(), situation.now());
        JobId id = record.currentId().orElseThrow();
        Step step = new Step.StopWithSavepoint(
                record.deployed().orElseThrow(), record.attempt(), id, trigger, directory, format);
        return Decision.act(record.begun(plan).in(stopping), step, reason);
    }

    /** No savepoint came of all tries: the last checkpoint where the spec says so, else a person. */
    private Decision exhausted(ChangeClass change) {
        boolean isWished =
                situation.policy().onSavepointFailure() == OnSavepointFailure.LAST_CHECKPOINT;
        boolean mayCancel = isFree(change) || isWished && hasCheckpoint();
        if (mayCancel && !needsSavepoint(change)) {
            return cancel(change, situation.now());
        }
        String instead = isWished && !hasCheckpoint() ? " and it has no checkpoint" : "";
        Refusal refusal = new Refusal(
                situation.desired().plan(),
                Reason.SavepointFailed,
                record.savepointTries() + " savepoints failed" + instead
                        + "; the job runs on unchanged;"
                        + " commit a change of this job to try again",
                situation.now());
        return Decision.rest(record.with(record.notes().refusing(refusal)), Reason.SavepointFailed);
    }

    /** The job restarts by itself over and over, or waits for slots: it can take no savepoint. */
    private Decision notRunning(LiveJob job, ChangeClass change) {
        Instant last = record.lastSeenRunning().orElse(Instant.MIN);
        if (situation.now().isBefore(last.plus(Limits.RESTART_GRACE))) {
            return Decision.hold(
                    record,
                    Reason.WaitingForTerminal,
                    Slots.standing(job) + "; waits until it runs again",
                    last.plus(Limits.RESTART_GRACE));
        }
        if (needsSavepoint(change) && !isReturn()) {
            return Decision.hold(
                    record,
                    Reason.SavepointFailed,
                    "this change needs a savepoint, and " + Slots.standing(job));
        }
        return cancel(change, record.lastSeenRunning().orElse(situation.now()));
    }

    /** On its way to its end; where that never comes, it is cancelled, and its own cluster ended. */
    private Decision ending(LiveJob job, ChangeClass change) {
        Instant last = record.lastSeenRunning().orElse(situation.now());
        boolean isUnending = situation.now().isAfter(last.plus(Limits.CANCEL));
        boolean hasOwnCluster = record.deployed()
                .filter(old -> JobShape.hasOwnCluster(old.spec()))
                .isPresent();
        return isUnending && hasOwnCluster && !needsSavepoint(change)
                ? cancel(change, last)
                : Decision.hold(record, Reason.WaitingForTerminal, "the job is " + job.status());
    }

    private Decision cancel(ChangeClass change, Instant lastRunning) {
        Optional<StatePointer> own = StateChoice.own(record, record.newestState());
        boolean isFree = isFree(change);
        if (own.isEmpty() && record.notes().checkpointed() && !isFree) {
            return Decision.act(
                    record,
                    situation.discover(),
                    new Hold(Reason.StateUnknown, "looks for the newest checkpoint of the job"));
        }
        boolean isYoung = own.filter(
                        pointer -> !StateChoice.isYoung(pointer, lastRunning, situation.policy()))
                .isEmpty();
        if (!isYoung && !isFree) {
            return Decision.hold(
                    record,
                    Reason.StateTooOld,
                    "the newest checkpoint " + own.get().path() + " is older than maxStateAge");
        }
        RestoreFrom fallback = own.<RestoreFrom>map(RestoreFrom.State::new)
                .orElseGet(() -> StateChoice.untouched(record));
        Step step = new Step.Cancel(
                record.deployed().orElseThrow(),
                record.attempt(),
                record.currentId().orElseThrow());
        return Decision.act(
                record.begun(situation.desired().plan())
                        .in(new Phase.Cancelling(fallback, situation.now())),
                step,
                Reason.WaitingForTerminal);
    }

    /**
     * Back to the version that wrote the savepoint from which an attempt was started that never
     * completed a checkpoint: that savepoint is the newest state, and the old spec can read it.
     */
    private boolean isReturn() {
        return !hasCheckpoint()
                && situation
                        .target()
                        .filter(target -> record.startedFrom()
                                .filter(from -> isReadable(target, from))
                                .isPresent())
                        .isPresent();
    }

    private boolean isReadable(EffectiveJob target, RestoreFrom from) {
        return from instanceof RestoreFrom.State state
                && state.pointer().kind() == StatePointer.Kind.SAVEPOINT
                && state.pointer().flinkVersion().equals(target.spec().flink().version())
                && new Allowances(situation).unreadable(target, from).isEmpty();
    }

    /**
     * Another spec takes the place of an attempt that has not run: only that may be cancelled for it. One
     * that restarts may have run before.
     */
    private boolean isSuperseded(LiveJob job, Phase.Verifying phase) {
        return situation.policy().supersede()
                && situation.wish() == Wish.RUN
                && job.status() != JobStatus.RESTARTING
                && phase.wellSince().isEmpty()
                && !hasCheckpoint();
    }

    /**
     * It may be restoring much, and could take no savepoint yet. What has no slot yet has restored
     * nothing, and is not worth waiting for.
     */
    private boolean isStillStarting(LiveJob job, Phase.Verifying phase) {
        boolean isRestoring = phase.wellSince().isEmpty()
                && job.detail()
                        .filter(detail -> !detail.allVerticesRunning())
                        .filter(detail -> detail.completedCheckpoints() == 0)
                        .isPresent();
        return (job.status() != JobStatus.RUNNING || isRestoring)
                && !Slots.areMissing(job)
                && situation.now().isBefore(phase.since().plus(Limits.START));
    }

    /**
     * Back from a Flink version that took the state no further: a savepoint of it would be nothing
     * that the old version could read, and what it was started from still is the newest state.
     */
    private boolean isWayBack(ChangeClass change) {
        return change == ChangeClass.VERSION
                && situation.isDeployedRefused()
                && !record.notes().checkpointed();
    }

    /**
     * The state may be lost: the spec says so for ever or for the way back, or a person for this time.
     */
    private boolean isFree(ChangeClass change) {
        return !situation.policy().isStateRequired()
                || change == ChangeClass.EMPTY_START
                || Rollback.state(situation).isPresent();
    }

    /** What the running attempt did since its start is on storage, up to a checkpoint. */
    private boolean hasCheckpoint() {
        return record.notes().checkpointed()
                || StateChoice.own(record, record.newestState()).isPresent();
    }

    /** Whether an adopted job keeps its checkpoints when it is cancelled, nobody knows. */
    private boolean needsSavepoint(ChangeClass change) {
        boolean isUnknown = record.isAdopted() && situation.policy().isStateRequired();
        boolean isFarther = change == ChangeClass.MOVE
                && situation
                        .target()
                        .map(this::limits)
                        .filter(StateLimits::exist)
                        .isPresent();
        return isUnknown
                || isFarther
                || change == ChangeClass.VERSION
                || change == ChangeClass.STATE_BACKEND;
    }

    private StateLimits limits(EffectiveJob target) {
        return StateLimits.between(record.deployed().orElseThrow(), target);
    }

    /** Which backend an adopted job has is not known, so its state must fit any. */
    private SavepointFormat known(SavepointFormat format) {
        return record.isAdopted() ? SavepointFormat.CANONICAL : format;
    }

    /** Only the canonical format is readable by another backend or promised to newer majors. */
    private SavepointFormat format(EffectiveJob target) {
        boolean isMajor = record.deployed()
                .filter(old -> !JobShape.major(old.spec()).equals(JobShape.major(target.spec())))
                .isPresent();
        UpgradePolicy policy = target.spec().upgrade();
        return isMajor || limits(target).backend()
                ? SavepointFormat.CANONICAL
                : known(policy.savepointFormat());
    }
}
