// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Decision;
import dev.sluice.plan.Desired;
import dev.sluice.plan.Hold;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.journal.StoredJob;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One job's papers on the loop's desk: what is wanted, remembered and seen, and the step under way.
 *
 * <p>Owned by the loop's thread alone. Everything here can be thrown away and built again from git,
 * the journal and the clusters.
 */
final class Desk {

    /**
     * So many attempts beyond the newest remembered one are recognised as ours as well, so that the
     * jobs of a lost journal are found instead of being started a second time.
     */
    private static final int ATTEMPTS_BEYOND = 8;

    private final JobKey key;
    private JobRecord record;
    private List<JobId> watched;
    private Optional<Desired> wanted = Optional.empty();
    private Observed observed;
    private Optional<OpenStep> open = Optional.empty();
    private boolean seen;
    private boolean inFlight;
    private boolean news = true;
    private Instant notBefore = Instant.MIN;
    private final CloseLook closeLook = new CloseLook();
    private final Setbacks setbacks = new Setbacks();
    private List<Hold> holds;
    private List<Hold> mistakes = List.of();
    private Optional<Hold> hanging = Optional.empty();
    private Optional<Instant> due = Optional.empty();
    private Reason reason;

    private Desk(JobRecord record, Reason reason, List<Hold> holds, Instant now) {
        this.key = record.key();
        this.record = record;
        this.reason = reason;
        this.holds = holds;
        this.watched = ids(record);
        this.observed = new Observed.Unknown(now, "not asked yet");
    }

    /** A job never seen before. */
    static Desk fresh(JobKey key, Instant now) {
        return new Desk(JobRecord.fresh(key), Reason.FirstStart, List.of(), now);
    }

    /**
     * A job as the journal remembers it.
     *
     * @param shown what the last decision said about it
     */
    static Desk remembered(JobRecord record, StoredJob shown, Instant now) {
        return new Desk(record, shown.reason(), shown.holds(), now);
    }

    JobKey key() {
        return key;
    }

    JobRecord record() {
        return record;
    }

    /** What git wants, once a commit was read. */
    Optional<Desired> wanted() {
        return wanted;
    }

    Observed observed() {
        return observed;
    }

    Optional<OpenStep> open() {
        return open;
    }

    List<Hold> holds() {
        return holds;
    }

    Reason reason() {
        return reason;
    }

    /** There is something new to decide on and no reason to wait. */
    boolean isDue(Instant now) {
        return !inFlight && wanted.isPresent() && news && !now.isBefore(notBefore);
    }

    /** The earliest moment this job wants to be looked at again. */
    Instant wakeAt() {
        return inFlight || !news || wanted.isEmpty() ? Instant.MAX : notBefore;
    }

    /**
     * Git wants the job to be like this. The same digest is the same wish: it keeps the commit that
     * first said so, and a commit that changes nothing of a job costs it nothing. After a restart
     * the spec in force still knows that commit.
     */
    void want(EffectiveJob job) {
        if (wantedJob().filter(job::isSameAs).isPresent()) {
            return;
        }
        EffectiveJob first = inForce().filter(job::isSameAs).orElse(job);
        wanted = Optional.of(new Desired.Specified(first.commit(), first));
        lookAgain();
    }

    /** The spec that runs, when nothing was wanted yet in this process. */
    private Optional<EffectiveJob> inForce() {
        boolean runs = record.phase() instanceof Phase.Stable || isMoving();
        return wanted.isEmpty() && runs ? record.deployed() : Optional.empty();
    }

    /**
     * Why the newest commit's own word on this job is not in force; empty when it is. The job goes on
     * by its last good spec, and people must see that it does.
     */
    void mistaken(List<Hold> found) {
        mistakes = List.copyOf(found);
    }

    /** The newest instant of the job's schedule that has come. */
    void due(Optional<Instant> instant) {
        due = instant;
    }

    Optional<Instant> due() {
        return due;
    }

    /** Git names the job no more. */
    void wantGone(CommitId commit) {
        if (wanted.filter(Desired.Removed.class::isInstance).isEmpty()) {
            wanted = Optional.of(new Desired.Removed(commit));
            lookAgain();
        }
    }

    /** The job was seen, or its cluster was not. News only when it differs or the job is moving. */
    void see(Observed next) {
        boolean same = Sight.of(next).equals(Sight.of(observed));
        closeLook.seen(observed, next);
        observed = requireNonNull(next, "next is null");
        seen = true;
        if (!same || isMoving()) {
            lookAgain();
        }
    }

    /** Git wants the job, and no look at its cluster has told of it yet. */
    boolean isUnseen() {
        return wanted.isPresent() && !seen;
    }

    /** True when the job lives, or shall first live, on that cluster. */
    boolean isOn(String cluster) {
        return record.deployed()
                .or(this::wantedJob)
                .map(job -> job.spec().flink().cluster().equals(cluster))
                .orElse(false);
    }

    /** True when an attempt runs on that cluster, or is on its way from or to run there. */
    boolean livesOn(String cluster) {
        Phase phase =
                record.phase() instanceof Phase.Staging staging ? staging.before() : record.phase();
        boolean isDown = phase instanceof Phase.Absent
                || phase instanceof Phase.Suspended
                || phase instanceof Phase.Finished;
        return !isDown
                && record.deployed()
                        .filter(job -> job.spec().flink().cluster().equals(cluster))
                        .isPresent();
    }

    /** True while a call of this job for that cluster is under way. */
    boolean isBusyOn(String cluster) {
        return inFlight
                && open.filter(step -> step.step().cluster().equals(cluster)).isPresent();
    }

    /** True when the wanted spec says {@code formerly:} that key. */
    boolean isHeirOf(JobKey former) {
        return wantedJob()
                .flatMap(job -> job.spec().formerKey())
                .filter(former::equals)
                .isPresent();
    }

    Optional<EffectiveJob> wantedJob() {
        return wanted.filter(Desired.Specified.class::isInstance)
                .map(specified -> ((Desired.Specified) specified).job());
    }

    /** True between two settled phases, when every look may show something new. */
    boolean isMoving() {
        Phase phase = record.phase();
        return !(phase instanceof Phase.Absent
                || phase instanceof Phase.Stable
                || phase instanceof Phase.Suspended
                || phase instanceof Phase.Finished
                || phase instanceof Phase.Blocked);
    }

    /**
     * Checkpoints and vertices are asked for at every look while the job moves, and while it gives no
     * savepoint: they tell why.
     */
    boolean needsDetail() {
        return record.currentId().isPresent() && (isMoving() || record.savepointTries() > 0);
    }

    /** They are welcome now and then while it is stable. */
    boolean mayHaveDetail(Instant now) {
        return record.phase() instanceof Phase.Stable && closeLook.isWelcome(now);
    }

    CloseLook closeLook() {
        return closeLook;
    }

    void lookAgain() {
        news = true;
    }

    /** A decision is being taken; whatever arrives from now on is new again. */
    void deciding() {
        news = false;
    }

    /** The decision was taken, and time alone may change it. */
    void decided(Decision decision) {
        news |= decision.comeBackAt().isPresent();
        notBefore = decision.comeBackAt().orElse(notBefore);
        holds = decision.holds();
        reason = decision.reason();
    }

    void remember(JobRecord next) {
        if (!next.hasAttemptsOf(record)) {
            watched = ids(next);
        }
        record = next;
    }

    /** Ids of all attempts of this job, remembered or possible, newest first. */
    List<JobId> watched() {
        return watched;
    }

    private static List<JobId> ids(JobRecord record) {
        IntStream beyond = IntStream.rangeClosed(1, ATTEMPTS_BEYOND);
        return Stream.concat(
                        beyond.map(more -> record.attempt() + ATTEMPTS_BEYOND + 1 - more)
                                .mapToObj(attempt -> JobId.of(record.key(), attempt)),
                        record.attempts().stream())
                .toList();
    }

    void begin(OpenStep step) {
        Instant begun = open.filter(known -> known.intent() == step.intent())
                .map(OpenStep::begun)
                .orElse(step.begun());
        open = Optional.of(new OpenStep(step.intent(), step.step(), step.from(), begun));
        inFlight = true;
    }

    /**
     * The record is another one than the open step was begun from: it was read anew since, because
     * another controller has led. What comes of the step is about a past that is over.
     */
    boolean isOvertaken() {
        return open.filter(step -> !step.from().equals(record)).isPresent();
    }

    Duration stepTook(Instant now) {
        return open.map(step -> Duration.between(step.begun(), now)).orElse(Duration.ZERO);
    }

    /** The step's call has not come back in time; no other is made for this job until it does. */
    void hangs(Hold hold) {
        hanging = Optional.of(hold);
    }

    /**
     * The step came back, but what it means could not be taken over. The caller has set the job back;
     * the step is asked for again after the pause, under the same intent.
     */
    void cutOff() {
        inFlight = false;
        hanging = Optional.empty();
        open = Optional.empty();
    }

    /** What was decided cannot be begun before an instant; it is decided anew then. */
    void waitUntil(Instant instant) {
        notBefore = instant;
        lookAgain();
    }

    /** The step came back; what it came back with says when to look again. */
    void ended(Outcome outcome, Instant now) {
        inFlight = false;
        hanging = Optional.empty();
        lookAgain();
        if (outcome instanceof Outcome.Waiting waiting) {
            notBefore = Setbacks.wait(waiting.comeBackAt(), now);
            setbacks.forget();
            return;
        }
        open = Optional.empty();
        if (outcome instanceof Outcome.Done) {
            notBefore = Instant.MIN;
            setbacks.forget();
            return;
        }
        setBack(now);
    }

    /** Something failed or nobody knows: the job pauses. */
    void setBack(Instant now) {
        notBefore = now.plus(setbacks.pause(key));
        lookAgain();
    }

    /** True when the decision holds for a reason that the last one did not. */
    boolean isNewlyHeld(Decision decision) {
        return !Wording.reasons(decision.holds()).equals(Wording.reasons(holds));
    }

    /** True when what a person reads of it is another sentence than before. */
    boolean saysAnew(Decision decision) {
        return !Wording.of(decision.holds()).equals(Wording.of(holds));
    }

    /** What takes part in a round in which nothing was decided for this job. */
    Decision resting() {
        return new Decision(record, Optional.empty(), holds, reason, Optional.empty());
    }

    /** What git would want if it asked for what is in force. */
    Optional<Desired> asDeployed() {
        return record.deployed().map(job -> new Desired.Specified(job.commit(), job));
    }

    /** The commit to name in the journal. */
    CommitId commit() {
        return wanted.orElseThrow().commit();
    }

    /** The Flink job id of the newest attempt. */
    JobId currentId() {
        return record.currentId().orElseThrow();
    }

    Board.JobNotice notice() {
        List<Hold> all = new ArrayList<>(mistakes);
        hanging.ifPresent(all::add);
        all.addAll(holds);
        return new Board.JobNotice(
                record,
                wanted,
                observed,
                all,
                reason,
                List.of(),
                closeLook.seenAt(),
                open.map(OpenStep::step));
    }
}
