// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.Lineage;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** From nothing running to a start. Whatever is in doubt holds. */
final class StartRules {
    private static final JobId NOBODY = new JobId("0".repeat(32));

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
                                record.in(new Phase.Proving(state, situation.now())),
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
    Decision fromStopped(RestoreFrom state) {
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
        if (isCrashLoop(target.get())) {
            return situation.block(
                    Reason.CrashLoop,
                    "failed " + record.failures().size() + " times within "
                            + target.get().spec().onFailure().window(),
                    "commit a change of this job to start it again");
        }
        return allowed(target.get(), state);
    }

    /**
     * A spec that needs an allowance does not keep a stopped job down: the one that ran is started
     * again, as if git had not spoken yet.
     */
    private Decision allowed(EffectiveJob target, RestoreFrom state) {
        Allowances allowances = new Allowances(situation);
        Optional<Hold> hold = allowances.beforeStart(target, state);
        if (hold.isEmpty()) {
            return staged(target, job -> start(job, state));
        }
        return record.deployed().isEmpty()
                ? allowances.held(hold.get())
                : staged(record.deployed().get(), job -> started(record, job, state))
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
        if (situation.observed() instanceof Observed.Unknown unknown) {
            return Decision.hold(record, Reason.ClusterUnknown, unknown.reason());
        }
        EffectiveJob target = situation.wanted().orElseThrow();
        if (target.spec().lineage().adopt().isPresent()) {
            return adopted(target);
        }
        return unmanaged(target)
                .or(this::missedSchedule)
                .orElseGet(() -> staged(job -> new Succession(situation)
                        .predecessor()
                        .orElseGet(this::searchEarlierLife)));
    }

    private Decision searchEarlierLife() {
        return Decision.act(
                record.in(recovering(Reason.FirstStart, true)),
                situation.discover(),
                Reason.FirstStart);
    }

    /** A key that comes back resumes from the newest state of its old life, never empty. */
    private Decision returning(Instant since) {
        return missedSchedule()
                .orElseGet(() -> unlessAlive(
                        since,
                        staged(target -> Decision.act(
                                record.in(recovering(Reason.Resuming, false)),
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

    private Decision adopted(EffectiveJob target) {
        Optional<LiveJob> job = situation.around().adoptable();
        if (job.isEmpty()) {
            return Decision.hold(
                    record, Reason.Adopting, "the job to adopt is not seen on the cluster");
        }
        RestoreFrom from = new RestoreFrom.Empty("adopted");
        Phase next = new Phase.Verifying(job.get().id(), from, Optional.empty(), situation.now());
        JobRecord taken = record.deployed(target)
                .with(record.notes().adopted(job.get().id(), target.commit()))
                .in(next);
        return Decision.rest(taken, Reason.Adopting);
    }

    private Optional<Decision> unmanaged(EffectiveJob target) {
        List<LiveJob> same = situation.observed() instanceof Observed.NotListed listed
                ? listed.sameName()
                : List.of();
        if (same.isEmpty() || target.spec().lineage().ignoreUnmanaged()) {
            return Optional.empty();
        }
        return Optional.of(Decision.hold(
                record,
                Reason.UnmanagedSameName,
                "a job of the same name that nobody claims runs as "
                        + same.get(0).id() + "; adopt it, end it, or set ignoreUnmanaged"));
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

    private Decision start(EffectiveJob target, RestoreFrom state) {
        if (situation.restore().isPresent() && situation.refusal().isEmpty()) {
            return restored(target, situation.restore().get());
        }
        return started(record, target, state);
    }

    private Decision restored(EffectiveJob target, Lineage.Restore word) {
        RestoreFrom from = word.from()
                .<RestoreFrom>map(path -> named(path, target))
                .orElseGet(() -> new RestoreFrom.Empty(
                        "restore.empty: " + word.reason().orElse("no reason given")));
        JobRecord honoured = record.with(record.notes().restored(word.nonce()));
        return started(honoured, target, from);
    }

    private Decision started(JobRecord from, EffectiveJob target, RestoreFrom state) {
        JobRecord fired = situation
                .around()
                .due()
                .filter(fire -> target.spec().schedule().isPresent())
                .map(fire -> from.with(from.notes().fired(fire)))
                .orElse(from);
        JobRecord next = fired.starting(target, state, situation.now());
        JobId id = JobId.of(next.key(), next.attempt());
        return Decision.act(
                next, new Step.Start(target, next.attempt(), id, state), Reason.Starting);
    }

    /** A path that a person names: who wrote it and when is not known, so it counts as oldest. */
    private static RestoreFrom.State named(String path, EffectiveJob target) {
        return new RestoreFrom.State(new StatePointer(
                StatePointer.Kind.SAVEPOINT,
                path,
                NOBODY,
                0,
                -1,
                Instant.EPOCH,
                target.spec().flink().version()));
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

    private boolean isCrashLoop(EffectiveJob target) {
        Instant from = situation.now().minus(target.spec().onFailure().window());
        long recent = record.failures().stream().filter(at -> at.isAfter(from)).count();
        return recent > target.spec().onFailure().restarts();
    }

    private RestoreFrom finishedState() {
        boolean isBatch =
                record.deployed().filter(job -> JobShape.isBatch(job.spec())).isPresent();
        return isBatch || record.newestState().isEmpty()
                ? new RestoreFrom.Empty("a batch run starts empty")
                : new RestoreFrom.State(record.newestState().get());
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
