// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.EarlierAttempts;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.KnownState;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that the planner remembers of one job: the journal's current row.
 *
 * @param attempt newest attempt ever made or intended; 0 before the first
 * @param deployed spec in force on that attempt, with changes that needed no restart
 * @param startedFrom what that attempt was started from
 * @param lastStable newest spec that became stable
 * @param lineage newest pointers of the live lineage, newest first; the ledger in the journal has all
 * @param lastSeenRunning when the attempt was last observed running, to the minute
 * @param failures when recent attempts failed, newest first; the crash-loop budget counts them
 * @param savepointTries tries of a stop of this attempt that ended without a usable savepoint
 * @param notes small facts
 */
public record JobRecord(
        JobKey key,
        int attempt,
        Phase phase,
        Optional<EffectiveJob> deployed,
        Optional<RestoreFrom> startedFrom,
        Optional<EffectiveJob> lastStable,
        List<StatePointer> lineage,
        Optional<Instant> lastSeenRunning,
        List<Instant> failures,
        int savepointTries,
        Notes notes) {
    /** How many pointers the record keeps; older ones are in the journal. */
    static final int KEPT = 10;

    public JobRecord {
        requireNonNull(key, "key is null");
        if (attempt < 0) {
            throw new IllegalArgumentException("attempt must not be negative: " + attempt);
        }
        requireNonNull(phase, "phase is null");
        requireNonNull(deployed, "deployed is null");
        requireNonNull(startedFrom, "startedFrom is null");
        requireNonNull(lastStable, "lastStable is null");
        lineage = List.copyOf(lineage);
        requireNonNull(lastSeenRunning, "lastSeenRunning is null");
        failures = List.copyOf(failures);
        requireNonNull(notes, "notes is null");
    }

    /** A job never seen before. */
    public static JobRecord fresh(JobKey key) {
        return new JobRecord(
                key,
                0,
                new Phase.Absent(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                0,
                Notes.NONE);
    }

    /** Ids of every attempt ever made, newest first; an adopted job is the oldest. */
    public List<JobId> attempts() {
        return ever().ids();
    }

    /** Every attempt ever made. */
    EarlierAttempts ever() {
        return new EarlierAttempts(key, attempt, notes.adopted());
    }

    /**
     * What may not run beside the newest attempt: all before it, those of the job it inherits from, and
     * before the first one those that a lost journal may have known.
     */
    List<EarlierAttempts> earlier() {
        int newest = attempt == 1 ? Limits.LOOK_AHEAD : Math.max(0, attempt - 1);
        EarlierAttempts own = new EarlierAttempts(key, newest, notes.adopted());
        return Stream.concat(Stream.of(own), notes.inherited().stream()).toList();
    }

    /** The newest attempt is a job that somebody else started; Flink does not tell how. */
    public boolean isAdopted() {
        return attempt == 0 && notes.adopted().isPresent();
    }

    /** The job whose state the first attempt will go on from, once that is decided. */
    public Optional<JobKey> heirOf() {
        return notes.heirOf().filter(former -> deployed.isEmpty());
    }

    /** True when the other record knows the very same attempts. */
    public boolean hasAttemptsOf(JobRecord other) {
        return attempt == other.attempt && notes.adopted().equals(other.notes.adopted());
    }

    /** Id of the newest attempt, if there ever was one. */
    public Optional<JobId> currentId() {
        if (phase instanceof Phase.Stable stable) {
            return Optional.of(stable.id());
        }
        return attempt > 0 ? Optional.of(JobId.of(key, attempt)) : notes.adopted();
    }

    /** The newest pointer of the live lineage. */
    public Optional<StatePointer> newestState() {
        return lineage.isEmpty() ? Optional.empty() : Optional.of(lineage.get(0));
    }

    public JobRecord in(Phase next) {
        return new JobRecord(
                key,
                attempt,
                next,
                deployed,
                startedFrom,
                lastStable,
                lineage,
                lastSeenRunning,
                failures,
                savepointTries,
                notes);
    }

    JobRecord with(Notes next) {
        return new JobRecord(
                key,
                attempt,
                phase,
                deployed,
                startedFrom,
                lastStable,
                lineage,
                lastSeenRunning,
                failures,
                savepointTries,
                next);
    }

    /**
     * The next attempt, fixed with its spec and state before it is asked for. Another spec has a budget
     * of failures of its own.
     *
     * <p>A number that the cluster is not known to have taken is used again: a submission whose answer
     * was lost may still arrive, and Flink never runs two jobs of one id.
     */
    JobRecord starting(EffectiveJob target, RestoreFrom from, Instant now) {
        boolean isAgain = deployed.filter(target::isSameAs).isPresent();
        int next = isAgain && notes.untaken() ? attempt : attempt + 1;
        Optional<Instant> since = Optional.of(now);
        return new JobRecord(
                key,
                next,
                new Phase.Starting(JobId.of(key, next), from, now),
                Optional.of(target),
                Optional.of(from),
                lastStable,
                lineage,
                Optional.empty(),
                isAgain ? failures : List.of(),
                0,
                notes.started(target.commit(), KnownState.of(lineage, notes.news(), notes.known()))
                        .upgradedFrom(beforeUpgrade(target, from))
                        .begun(way(target, isAgain))
                        .unproven(isAgain ? notes.unprovenSince().or(() -> since) : since));
    }

    /**
     * Set when another spec takes the place of the stable one, and kept until that is back or another is
     * stable, or a person's word on the state leads elsewhere. An attempt of the stable spec that came back
     * to life may have gone on from there: that is what it ended on then.
     */
    private Optional<StatePointer> beforeUpgrade(EffectiveJob target, RestoreFrom from) {
        boolean isBack = lastStable.filter(target::isSameAs).isPresent();
        if (isBack
                || !(from instanceof RestoreFrom.State state)
                || state.pointer().job().equals(StatePointer.NOBODY)) {
            return Optional.empty();
        }
        boolean isStable = deployed.filter(
                        old -> lastStable.filter(old::isSameAs).isPresent())
                .isPresent();
        boolean isOfStable = notes.beforeUpgrade()
                .filter(before -> state.pointer().attempt() <= before.attempt())
                .isPresent();
        return isStable || isOfStable ? Optional.of(state.pointer()) : notes.beforeUpgrade();
    }

    /** A start in place of another spec, or after a stop, is a restart until it has proven itself. */
    private Optional<String> way(EffectiveJob target, boolean isAgain) {
        boolean isReplaced = deployed.isPresent() && !isAgain;
        return isReplaced || notes.begun().isPresent()
                ? Optional.of(target.digest().brief())
                : Optional.empty();
    }

    /** On the way to a wish: whatever is started next is no first start. */
    JobRecord begun(String plan) {
        return with(notes.begun(Optional.of(plan)));
    }

    /** A changed spec that needs no restart is in force; it is as stable as the one before. */
    JobRecord deployed(EffectiveJob target) {
        return new JobRecord(
                key,
                attempt,
                phase,
                Optional.of(target),
                startedFrom,
                lastStable.isPresent() && lastStable.equals(deployed)
                        ? Optional.of(target)
                        : lastStable,
                lineage,
                lastSeenRunning,
                failures,
                savepointTries,
                notes);
    }

    /** Another spec is in force on the same attempt, and has to prove itself from now on. */
    JobRecord unproven(EffectiveJob target, Phase next, Instant now) {
        return new JobRecord(
                key,
                attempt,
                next,
                Optional.of(target),
                startedFrom,
                lastStable,
                lineage,
                lastSeenRunning,
                failures,
                savepointTries,
                notes.takenUp(target.commit())
                        .begun(Optional.of(target.digest().brief()))
                        .unproven(Optional.of(now)));
    }

    /** The spec in force has proven itself. */
    JobRecord stable(Phase next) {
        return new JobRecord(
                key,
                attempt,
                next,
                deployed,
                startedFrom,
                deployed,
                lineage,
                lastSeenRunning,
                failures,
                savepointTries,
                notes.begun(Optional.empty())
                        .unproven(Optional.empty())
                        .upgradedFrom(Optional.empty()));
    }

    JobRecord seenRunning(Instant at) {
        return new JobRecord(
                key,
                attempt,
                phase,
                deployed,
                startedFrom,
                lastStable,
                lineage,
                Optional.of(at),
                failures,
                savepointTries,
                notes);
    }

    /** One more failure, or a clean slate when the list is empty. */
    JobRecord failures(List<Instant> next) {
        return new JobRecord(
                key,
                attempt,
                phase,
                deployed,
                startedFrom,
                lastStable,
                lineage,
                lastSeenRunning,
                next,
                savepointTries,
                notes);
    }

    JobRecord savepointTries(int next) {
        return new JobRecord(
                key,
                attempt,
                phase,
                deployed,
                startedFrom,
                lastStable,
                lineage,
                lastSeenRunning,
                failures,
                next,
                notes);
    }

    /** Numbers below were used in an earlier life of this key, whose journal is lost. */
    JobRecord attemptAtLeast(int number) {
        return new JobRecord(
                key,
                Math.max(attempt, number),
                phase,
                deployed,
                startedFrom,
                lastStable,
                lineage,
                lastSeenRunning,
                failures,
                savepointTries,
                notes);
    }

    /** One of its attempts has written it, or the job that it adopted. */
    boolean isOwn(StatePointer pointer) {
        return pointer.attempt() == 0
                ? notes.adopted().filter(pointer.job()::equals).isPresent()
                : JobId.of(key, pointer.attempt()).equals(pointer.job());
    }

    /** Adds a pointer in its place; a pointer already known changes nothing. */
    JobRecord learned(StatePointer pointer) {
        if (lineage.stream().anyMatch(known -> known.path().equals(pointer.path()))) {
            return this;
        }
        List<StatePointer> more = new ArrayList<>(lineage);
        int place = 0;
        while (place < more.size() && more.get(place).isNewerThan(pointer)) {
            place++;
        }
        more.add(place, pointer);
        return new JobRecord(
                key,
                attempt,
                phase,
                deployed,
                startedFrom,
                lastStable,
                more.stream().limit(KEPT).toList(),
                lastSeenRunning,
                failures,
                savepointTries,
                notes);
    }
}
