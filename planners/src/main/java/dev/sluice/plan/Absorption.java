// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.UpgradePolicy.SavepointFormat;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What an outcome makes of the record. Waiting and Unknown leave it as it is: the phase keeps the
 * ids, and the same step asks again. An outcome that fits no phase or attempt any more changes
 * nothing.
 */
final class Absorption implements Step.Handler<JobRecord> {
    /** What a driver says of a job that its cluster no longer knows. */
    private static final String GONE = "GONE";

    /** What a driver says of an id that no start can use again. */
    private static final List<String> SPENT = List.of("burnt", "ran", "spent");

    private final JobRecord record;
    private final Outcome outcome;
    private final Instant now;

    Absorption(JobRecord record, Outcome outcome, Instant now) {
        this.record = record;
        this.outcome = outcome;
        this.now = now;
    }

    @Override
    public JobRecord stage(Step.Stage step) {
        if (!(record.phase() instanceof Phase.Staging phase)
                || !phase.target().equals(step.target())) {
            return record;
        }
        if (outcome instanceof Outcome.Done) {
            return record.in(phase.before())
                    .with(record.notes().staged(step.target().digest()));
        }
        if (!(outcome instanceof Outcome.Failed failed)) {
            return record;
        }
        if (failed.retryable()) {
            return record.with(record.notes().notBefore(now.plus(Limits.FIRST_RETRY)));
        }
        return record.in(phase.before())
                .with(record.notes().refusing(refusal(step.target(), Reason.StageFailed, failed)));
    }

    @Override
    public JobRecord stop(Step.StopWithSavepoint step) {
        if (!(record.phase() instanceof Phase.Stopping phase)
                || !phase.trigger().equals(step.trigger())) {
            return record;
        }
        if (outcome instanceof Outcome.Done done) {
            return ended(done.evidence(), phase.format());
        }
        if (!(outcome instanceof Outcome.Failed failed)) {
            return record;
        }
        if (isTerminal(failed.evidence())) {
            return ended(failed.evidence(), phase.format());
        }
        if (failed.evidence().facts().getOrDefault("state", "").equals(GONE)) {
            return record.in(recovering(false));
        }
        // A savepoint of a job that runs on is stale at once, but it is state all the same.
        JobRecord next = failed.evidence().pointer().map(record::learned).orElse(record);
        int tries = failed.retryable() ? record.savepointTries() + 1 : Limits.SAVEPOINT_TRIES;
        Instant retry = now.plus(Limits.retryAfter(tries));
        return next.in(phase.before())
                .savepointTries(tries)
                .with(next.notes().triedToStop(phase.plan(), phase.tryNumber(), retry));
    }

    @Override
    public JobRecord cancel(Step.Cancel step) {
        boolean isOfNow = record.currentId().filter(step.id()::equals).isPresent();
        if (!(record.phase() instanceof Phase.Cancelling) || !isOfNow) {
            return record;
        }
        if (outcome instanceof Outcome.Done) {
            return record.in(recovering(true));
        }
        return outcome instanceof Outcome.Failed ? record.in(recovering(false)) : record;
    }

    @Override
    public JobRecord prove(Step.ProveAbsent step) {
        boolean isOfPredecessor =
                record.deployed().isEmpty() && !step.last().key().equals(record.key());
        boolean isOfNow = isOfPredecessor
                || step.newestAttempt() == Situation.searched(record).attempt();
        if (!(outcome instanceof Outcome.Done) || !isOfNow) {
            return record;
        }
        if (record.phase() instanceof Phase.Recovering phase) {
            return record.in(new Phase.Recovering(phase.reason(), true, Optional.empty(), now));
        }
        if (record.phase() instanceof Phase.Proving phase) {
            return record.in(new Phase.Stopped(phase.state(), now));
        }
        if (record.phase() instanceof Phase.Blocked phase) {
            return isAboutLife(phase) ? record.in(RecoveryRules.afterLife(phase, now)) : record;
        }
        boolean isLost =
                record.phase() instanceof Phase.Stable || record.phase() instanceof Phase.Verifying;
        JobRecord counted = Failures.counted(record, now);
        return isLost
                ? counted.with(counted.notes().begun(Optional.empty())).in(recovering(true))
                : record;
    }

    @Override
    public JobRecord discover(Step.DiscoverState step) {
        if (!(outcome instanceof Outcome.Done done) || step.newestAttempt() != record.attempt()) {
            return record;
        }
        Optional<StatePointer> newest = done.evidence().pointer();
        if (record.phase() instanceof Phase.Recovering phase && phase.absent()) {
            JobRecord known = record.currentId().isEmpty()
                    ? record
                    : newest.map(this::found).orElse(record);
            return known.in(new Phase.Recovering(
                    phase.reason(), true, Optional.of(new Phase.Search(newest)), phase.since()));
        }
        return newest.map(record::learned).orElse(record);
    }

    /** In a search before a start: what an earlier attempt has completed since is no old news. */
    private JobRecord found(StatePointer newest) {
        boolean isNews = newest.attempt() < record.attempt()
                && record.notes().known().filter(known -> known.isNews(newest)).isPresent();
        boolean hasRun = newest.attempt() == record.attempt() && record.isOwn(newest);
        JobRecord learned = record.learned(newest);
        JobRecord known = hasRun ? learned.with(learned.notes().taken()) : learned;
        return isNews ? known.with(known.notes().outrunBy(newest)) : known;
    }

    @Override
    public JobRecord start(Step.Start step) {
        if (!(record.phase() instanceof Phase.Starting phase)
                || !phase.id().equals(step.id())
                || !phase.from().equals(step.from())) {
            return record;
        }
        if (outcome instanceof Outcome.Done) {
            return record.with(record.notes().taken())
                    .in(new Phase.Verifying(phase.id(), phase.from(), Optional.empty(), now));
        }
        if (!(outcome instanceof Outcome.Failed failed)) {
            return record;
        }
        Optional<StatePointer> newer = failed.evidence()
                .pointer()
                .filter(pointer -> failed.evidence().facts().containsKey("newer"));
        if (newer.isPresent()) {
            return outrun(newer.get());
        }
        Phase next = new Phase.Recovering(Reason.StartFailed, false, Optional.empty(), now);
        boolean isSpent = SPENT.stream().anyMatch(failed.evidence().facts()::containsKey);
        JobRecord tried = isSpent ? record.with(record.notes().taken()) : record;
        JobRecord counted = Failures.counted(tried, now).in(next);
        if (failed.evidence().facts().containsKey("missing")) {
            return counted.in(stateMissing(step, failed, next));
        }
        // A spec that has run well before may fail for a while; it is not to blame.
        boolean hasProven = record.lastStable()
                .filter(good -> good.digest().equals(step.target().digest()))
                .isPresent();
        return failed.retryable() || hasProven
                ? counted
                : counted.with(counted.notes()
                        .refusing(refusal(step.target(), Reason.StartFailed, failed)));
    }

    /**
     * Nothing was started, and no spec is to blame: an earlier attempt has gone on meanwhile. One of this
     * number or a later one is of an earlier life, whose journal is lost.
     */
    private JobRecord outrun(StatePointer newer) {
        boolean isOwn = record.isOwn(newer);
        JobRecord known =
                (isOwn ? record.learned(newer) : record).with(record.notes().outrunBy(newer));
        boolean isOfEarlierLife = isOwn && newer.attempt() >= record.attempt();
        return isOfEarlierLife
                ? RecoveryRules.ofEarlierLife(known, newer)
                        .in(new Phase.Blocked(
                                Reason.StateUnknown,
                                RecoveryRules.earlierLife(newer),
                                RecoveryRules.NAME_THE_STATE,
                                recovering(false),
                                record.deployed().map(EffectiveJob::digest),
                                now))
                : known.in(recovering(false));
    }

    @Override
    public JobRecord rescale(Step.Rescale step) {
        if (!isRunning(step.id())) {
            return record;
        }
        if (outcome instanceof Outcome.Done) {
            RestoreFrom from = record.startedFrom().orElse(new RestoreFrom.Empty("adopted"));
            return record.unproven(
                    step.target(),
                    new Phase.Verifying(step.id(), from, Optional.empty(), now),
                    now);
        }
        return outcome instanceof Outcome.Failed failed && !failed.retryable()
                ? record.with(record.notes().notLive(step.target().digest().brief()))
                : pausedAfterFailure();
    }

    @Override
    public JobRecord apply(Step.ApplyLive step) {
        if (!isRunning(step.id())) {
            return record;
        }
        // A cluster that cannot do it takes the change up with the next start: it is recorded too.
        boolean isOver = outcome instanceof Outcome.Done
                || outcome instanceof Outcome.Failed failed && !failed.retryable();
        return isOver ? record.deployed(step.target()) : pausedAfterFailure();
    }

    @Override
    public JobRecord end(Step.EndCluster step) {
        boolean isOfNow = record.currentId().filter(step.id()::equals).isPresent();
        if (!(record.phase() instanceof Phase.Cancelling) || !isOfNow) {
            return record;
        }
        return outcome instanceof Outcome.Done
                ? record.in(recovering(false))
                : pausedAfterFailure();
    }

    private boolean isRunning(JobId id) {
        return record.currentId().filter(id::equals).isPresent()
                && (record.phase() instanceof Phase.Stable
                        || record.phase() instanceof Phase.Verifying);
    }

    private JobRecord pausedAfterFailure() {
        return outcome instanceof Outcome.Failed
                ? record.with(record.notes().notBefore(now.plus(Limits.FIRST_RETRY)))
                : record;
    }

    private Phase stateMissing(Step.Start step, Outcome.Failed failed, Phase before) {
        return new Phase.Blocked(
                Reason.StateUnknown,
                failed.cause(),
                RecoveryRules.NAME_THE_STATE,
                before,
                Optional.of(step.target().digest()),
                now);
    }

    private static boolean isAboutLife(Phase.Blocked phase) {
        return phase.reason() == Reason.DuplicateRunning
                || phase.reason() == Reason.RunsUnexpectedly;
    }

    /** The attempt is terminal: with its savepoint known, or to be searched for. */
    private JobRecord ended(Evidence evidence, SavepointFormat format) {
        return evidence.pointer()
                .map(pointer -> record.learned(pointer)
                        .with(saved(pointer, format))
                        .in(new Phase.Stopped(new RestoreFrom.State(pointer), now)))
                .orElseGet(() -> record.in(recovering(true)));
    }

    private Notes saved(StatePointer pointer, SavepointFormat format) {
        return format == SavepointFormat.CANONICAL
                ? record.notes().savedCanonically(pointer.path())
                : record.notes();
    }

    private Phase recovering(boolean absent) {
        return new Phase.Recovering(Reason.Recovering, absent, Optional.empty(), now);
    }

    private Refusal refusal(EffectiveJob target, Reason reason, Outcome.Failed failed) {
        return new Refusal(target.digest().brief(), reason, failed.cause(), now);
    }

    private static boolean isTerminal(Evidence evidence) {
        String state = evidence.facts().getOrDefault("state", "");
        return Arrays.stream(JobStatus.values())
                .anyMatch(status -> status.name().equals(state) && status.isGloballyTerminal());
    }
}
