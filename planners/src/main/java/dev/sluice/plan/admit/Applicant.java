// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.admit;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Course;
import dev.sluice.plan.Decision;
import dev.sluice.plan.Desired;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Patience;
import dev.sluice.plan.Phase;
import dev.sluice.plan.PhaseTimes;
import dev.sluice.plan.Step;
import dev.sluice.plan.Surroundings;
import dev.sluice.plan.change.ChangeClass;
import dev.sluice.plan.change.ChangeClasses;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Headroom;
import dev.sluice.spec.observed.Observed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One job of the environment, with what the planner decided for it. Jobs with nothing to do take part
 * too: they are what the others are measured against.
 *
 * @param record as it was before the decision
 * @param observed what was seen of the job
 * @param headroom what the cluster on which git wants the job could give it besides what it holds
 */
public record Applicant(
        Desired desired,
        JobRecord record,
        Decision decision,
        Observed observed,
        Headroom headroom,
        Instant now) {
    private static final Duration LATELY = Duration.ofMinutes(5);

    public Applicant {
        requireNonNull(desired, "desired is null");
        requireNonNull(record, "record is null");
        requireNonNull(decision, "decision is null");
        requireNonNull(observed, "observed is null");
        requireNonNull(headroom, "headroom is null");
        requireNonNull(now, "now is null");
    }

    /** One of which nothing was seen, on a cluster that was not asked. */
    public Applicant(Desired desired, JobRecord record, Decision decision, Instant now) {
        this(
                desired,
                record,
                decision,
                new Observed.Unknown(now, "not asked"),
                Surroundings.QUIET.headroom(),
                now);
    }

    public JobKey key() {
        return record.key();
    }

    /** The phase by which the job is judged: staging does not count. */
    Phase phase() {
        return record.phase() instanceof Phase.Staging staging ? staging.before() : record.phase();
    }

    Optional<EffectiveJob> wanted() {
        return desired instanceof Desired.Specified specified
                ? Optional.of(specified.job())
                : Optional.empty();
    }

    /** The cluster that a beginning would burden: where the job runs, or shall run. */
    String cluster() {
        return wanted().or(record::deployed)
                .map(job -> job.spec().flink().cluster())
                .orElse("");
    }

    /** The cluster where the job runs, if it does, and the one where it shall run; often the same. */
    List<String> clusters() {
        Optional<String> running = record.deployed()
                .filter(job -> isUp())
                .map(job -> job.spec().flink().cluster());
        return Stream.of(running, Optional.of(cluster()))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    Optional<String> queue() {
        return wanted().or(record::deployed).flatMap(job -> job.spec().runtime().queue());
    }

    /** Jobs changed by one commit move in one wave. */
    Optional<CommitId> wave() {
        return wanted().map(EffectiveJob::commit);
    }

    boolean isOf(CommitId wave) {
        return wave().filter(wave::equals).isPresent();
    }

    /** The newest attempt was started by this commit. */
    boolean isStartedBy(CommitId commit) {
        return record.notes().startedBy().filter(commit::equals).isPresent();
    }

    /** A job that runs, or is on its way to run again. */
    boolean isUp() {
        return record.currentId().isPresent()
                && !(phase() instanceof Phase.Absent)
                && !(phase() instanceof Phase.Suspended)
                && !(phase() instanceof Phase.Finished);
    }

    /** An attempt is there, as far as the record knows. */
    boolean isUpright() {
        return phase() instanceof Phase.Stable || phase() instanceof Phase.Verifying;
    }

    /** The decision ends what runs. The way back from a spec that failed is no beginning: it goes on. */
    boolean isStopped() {
        boolean isWayBack = decision.next()
                .notes()
                .refused()
                .filter(refused -> refused.plan().equals(desired.plan()))
                .isPresent();
        return isUpright()
                && !isWayBack
                && decision.step()
                        .filter(step -> step instanceof Step.StopWithSavepoint
                                || step instanceof Step.Cancel
                                || step instanceof Step.Rescale)
                        .isPresent();
    }

    /** The job went down by itself, or for something else, and would not come back as it was. */
    boolean isTurning() {
        boolean isDown = Course.isDown(phase())
                || isUpright() && Course.isDown(decision.next().phase());
        return isDown && Course.isNew(record, desired);
    }

    /** A person's word ends a wait that only a person could end. */
    boolean isFreed() {
        return phase() instanceof Phase.Blocked && Course.isDown(decision.next().phase());
    }

    /** It runs, or it failed: windows count. Not so where it was stopped, or waits for a person. */
    boolean isUndisturbed() {
        return isUpright() || !(phase() instanceof Phase.Blocked) && !Course.isStoppedFor(record);
    }

    boolean isStable() {
        return phase() instanceof Phase.Stable || phase() instanceof Phase.Finished;
    }

    /** On its way from one attempt to the next. */
    boolean isInFlight() {
        return isGoingDown() || isComingUp();
    }

    private boolean isGoingDown() {
        return phase() instanceof Phase.Stopping || phase() instanceof Phase.Cancelling;
    }

    /** The second half of the way: nothing runs, and the next attempt is being brought up. */
    boolean isComingUp() {
        Phase phase = phase();
        return phase instanceof Phase.Stopped
                || phase instanceof Phase.Proving
                || phase instanceof Phase.Recovering
                || phase instanceof Phase.Starting;
    }

    /** On its way, and not for the first time: it was stable before, or was stopped to be replaced. */
    boolean isRestarting() {
        return isGoingDown() || isComingUp() && hasRun();
    }

    private boolean hasRun() {
        return record.lastStable().isPresent() || record.notes().begun().isPresent();
    }

    /** When others stop waiting for this job; empty when there is nothing to wait for. */
    Optional<Instant> patienceEnd() {
        return Patience.end(phase(), wanted().or(record::deployed));
    }

    /** Since when a job that others of its commit wait for is on its way. */
    Instant onItsWaySince() {
        return record.notes()
                .unprovenSince()
                .filter(since -> wave().filter(this::isStartedBy).isPresent())
                .or(() -> PhaseTimes.since(phase()))
                .orElse(now);
    }

    /** It takes longer to become stable than its commit may wait for it, its soak apart. */
    boolean isOverdue(Duration timeout) {
        Duration proof = Patience.proof(phase(), wanted().or(record::deployed));
        return !now.isBefore(onItsWaySince().plus(timeout).plus(proof));
    }

    /** It takes longer than it should; nobody waits for it any more. */
    boolean isStuck() {
        return patienceEnd().filter(end -> !now.isBefore(end)).isPresent();
    }

    /** An upgrade counts until the new spec has proven itself. */
    boolean isSoaking() {
        return phase() instanceof Phase.Verifying && hasRun();
    }

    boolean hasFailedLately() {
        return record.failures().stream().anyMatch(at -> at.isAfter(now.minus(LATELY)));
    }

    /** The wish failed: it was refused, rolled back, or its attempt is blocked. */
    boolean hasFailed() {
        boolean isRefused = record.notes()
                .refused()
                .filter(refused -> refused.plan().equals(desired.plan()))
                .isPresent();
        boolean isBlocked = phase() instanceof Phase.Blocked
                && wave().filter(this::isStartedBy).isPresent();
        return isRefused || isBlocked;
    }

    /** What the beginning costs: a job that is down is started, whatever else changes of it. */
    List<ChangeClass> changes() {
        if (!desired.isToRun()) {
            return List.of(wanted().isPresent() ? ChangeClass.SUSPEND : ChangeClass.DELETE);
        }
        ChangeClass changed = record.deployed()
                .map(old -> ChangeClasses.of(old.spec(), wanted().orElseThrow().spec()))
                .orElse(ChangeClass.START);
        if (isUp() && record.deployed().isPresent()) {
            return List.of(changed);
        }
        return changed.compareTo(ChangeClass.START) > 0
                ? List.of(ChangeClass.START, changed)
                : List.of(ChangeClass.START);
    }
}
