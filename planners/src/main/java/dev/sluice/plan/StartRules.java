// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.observed.RestoreFrom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** From nothing running to a start. Whatever is in doubt holds. */
final class StartRules {
    private final Situation situation;
    private final JobRecord record;

    StartRules(Situation situation) {
        this.situation = situation;
        this.record = situation.record();
    }

    /** Nothing runs, and either nothing ever ran or the job had been removed. */
    Decision fromNothing(Instant since) {
        return switch (situation.wish()) {
            case REMOVE -> unlessAlive(since, Decision.rest(record, Reason.InSync));
            case SUSPEND -> suspended(since);
            case RUN -> record.currentId().isEmpty() ? first() : returning(since);
        };
    }

    /** Suspended: proof anew that nothing runs, then the start from the kept state. */
    Decision fromSuspended(RestoreFrom state, Instant since) {
        Allowances allowances = new Allowances(situation);
        return situation
                .wanted()
                .flatMap(target -> allowances.beforeStart(target, state))
                .map(allowances::held)
                .or(this::missedSchedule)
                .orElseGet(() -> unlessAlive(
                        since,
                        staged(target -> Decision.act(
                                begun().in(new Phase.Proving(state, situation.now())),
                                situation.proveAbsent(),
                                Reason.Resuming))));
    }

    /** A finished job runs again when its schedule or a person says so. */
    Decision fromFinished(Instant since) {
        Optional<EffectiveJob> target = situation.target();
        boolean isScheduled = target.flatMap(job -> job.spec().schedule()).isPresent();
        if (situation.restore().isEmpty() && !(isScheduled && isDue())) {
            boolean isChanged =
                    target.filter(job -> situation.change(job).needsStop()).isPresent();
            return isChanged && !isScheduled
                    ? Decision.hold(
                            record,
                            Reason.Finished,
                            "the job finished; a new run needs a schedule or a restore nonce")
                    : Decision.rest(record, Reason.Finished);
        }
        return fromSuspended(finishedState(), since);
    }

    /** The end of the last attempt is proven and its state is known. */
    Decision fromStopped(RestoreFrom newest) {
        if (isPassedBy(newest)) {
            return situation.block(
                    Reason.StateUnknown,
                    new Revival(record, record.notes().news().orElseThrow()).told(),
                    RecoveryRules.NAME_THE_STATE);
        }
        RestoreFrom state = Rollback.state(situation).orElse(newest);
        Optional<EffectiveJob> target = target();
        if (target.isEmpty()) {
            return situation.block(
                    Reason.StartFailed,
                    situation.refusal().map(Refusal::text).orElse("no spec can be started"),
                    "commit a spec that starts, or onBadUpgrade: rollback");
        }
        Optional<Instant> pause = situation.pause();
        if (pause.isPresent()) {
            return Decision.hold(
                    record, Reason.WaitingForRetry, "starts again at " + pause.get(), pause.get());
        }
        long failures = failuresWithin(target.get().spec().onFailure().window());
        boolean isSpent = failures > target.get().spec().onFailure().restarts();
        if (isSpent && !isNewSpec(target.get(), state)) {
            return situation.block(
                    Reason.CrashLoop,
                    "failed " + failures + " times within "
                            + target.get().spec().onFailure().window(),
                    "commit a change of this job to start it again");
        }
        return allowed(target.get(), state);
    }

    /** What an attempt completed that came back to life is never passed by without a person's word. */
    private boolean isPassedBy(RestoreFrom state) {
        boolean isNamed = situation.restore().isPresent() && situation.refusal().isEmpty();
        return !isNamed
                && record.notes()
                        .news()
                        .filter(news -> !state.equals(new RestoreFrom.State(news)))
                        .isPresent();
    }

    /** A spec that was not tried yet is not to blame for the failures of the one before it. */
    private boolean isNewSpec(EffectiveJob target, RestoreFrom state) {
        boolean isTried = record.deployed().filter(target::isSameAs).isPresent();
        return !isTried && new Allowances(situation).beforeStart(target, state).isEmpty();
    }

    /**
     * A spec that needs an allowance does not keep a stopped job down: the one that ran is started
     * again, as if git had not spoken yet.
     */
    private Decision allowed(EffectiveJob target, RestoreFrom state) {
        Allowances allowances = new Allowances(situation);
        Optional<Hold> hold = allowances.beforeStart(target, state);
        if (hold.isEmpty()) {
            return staged(target, job -> new Launch(situation).start(job, state));
        }
        return record.deployed().isEmpty() || situation.isDeployedRefused()
                ? allowances.held(hold.get())
                : staged(record.deployed().get(), job -> new Launch(situation).again(job, state))
                        .with(hold.get());
    }

    /** A job that must not run is not touched when it does: a person must know. */
    Decision unlessAlive(Instant since, Decision decision) {
        Sight sight = situation.sight();
        boolean isOld = !situation.observed().at().isAfter(since);
        if (isOld || sight.live().isEmpty()) {
            return decision;
        }
        return situation.block(
                Reason.RunsUnexpectedly,
                "an attempt that was stopped runs again: " + sight.liveIds(),
                "end it by hand; its state may be newer than the ledger's");
    }

    private Decision first() {
        FirstStart first = new FirstStart(situation);
        return first.instead()
                .or(this::missedSchedule)
                .orElseGet(() -> staged(job -> first.begin()));
    }

    /** A key that comes back resumes from the newest state of its old life, never empty. */
    private Decision returning(Instant since) {
        return missedSchedule()
                .orElseGet(() -> unlessAlive(
                        since,
                        staged(target -> Decision.act(
                                begun().in(recovering(Reason.Resuming, false)),
                                situation.proveAbsent(),
                                Reason.Resuming))));
    }

    private Decision suspended(Instant since) {
        if (record.currentId().isPresent()) {
            return unlessAlive(since, Decision.rest(record, Reason.InSync));
        }
        RestoreFrom state = new RestoreFrom.Empty("never started");
        return Decision.rest(record.in(new Phase.Suspended(state, situation.now())), Reason.InSync);
    }

    private Optional<Decision> missedSchedule() {
        boolean waits = situation
                .target()
                .filter(job -> job.spec().schedule().isPresent())
                .filter(job -> !isDue())
                .isPresent();
        return waits
                ? Optional.of(Decision.rest(record, Reason.WaitingForSchedule))
                : Optional.empty();
    }

    private boolean isDue() {
        return situation
                .around()
                .due()
                .filter(fire -> record.notes()
                        .fire()
                        .filter(last -> !fire.isAfter(last))
                        .isEmpty())
                .isPresent();
    }

    /**
     * The spec to start now. A spec that cannot start gives way to the last stable one where the
     * policy says so, and always after a change of the Flink version: nobody promised that it works.
     */
    private Optional<EffectiveJob> target() {
        if (!situation.isDeployedRefused()) {
            return situation.target();
        }
        Optional<EffectiveJob> good = record.lastStable()
                .filter(job -> record.deployed().filter(job::equals).isEmpty());
        boolean mayRollBack = good.filter(Rollback.isWished(situation)).isPresent();
        return mayRollBack ? good : Optional.empty();
    }

    private long failuresWithin(Duration window) {
        Instant from = situation.now().minus(window);
        return record.failures().stream().filter(at -> at.isAfter(from)).count();
    }

    private RestoreFrom finishedState() {
        boolean isBatch =
                record.deployed().filter(job -> JobShape.isBatch(job.spec())).isPresent();
        return isBatch || record.newestState().isEmpty()
                ? new RestoreFrom.Empty("a batch run starts empty")
                : new RestoreFrom.State(record.newestState().get());
    }

    private JobRecord begun() {
        return record.begun(situation.desired().plan());
    }

    private Phase recovering(Reason reason, boolean absent) {
        return new Phase.Recovering(reason, absent, Optional.empty(), situation.now());
    }

    private Decision staged(Function<EffectiveJob, Decision> then) {
        Optional<Refusal> refusal = situation.refusal();
        // Nothing runs that would have to be replaced: an older spec than git's is nobody's wish.
        return refusal.isPresent()
                ? Decision.rest(record, refusal.get().reason())
                : staged(situation.wanted().orElseThrow(), then);
    }

    private Decision staged(EffectiveJob target, Function<EffectiveJob, Decision> then) {
        return new StageRules(situation).before(target).orElseGet(() -> then.apply(target));
    }
}
