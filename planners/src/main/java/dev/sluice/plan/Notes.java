// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import dev.sluice.spec.EarlierAttempts;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.KnownState;
import dev.sluice.spec.observed.StatePointer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Small facts that decisions must not forget.
 *
 * @param startedBy commit that started the newest attempt, or restarted it in place; later commits
 *     that need no restart do not change it
 * @param checkpointed a completed checkpoint of the newest attempt was seen, so state must exist
 * @param staged digest of the spec whose artifacts are known to be at the cluster
 * @param refused a wish that failed and is not tried again
 * @param restoreNonce nonce of the last {@code restore} that was honoured
 * @param fire newest scheduled instant that was honoured
 * @param retryAt nothing is tried again before this
 * @param triedFor id of the wish whose stops failed; the tries and their pause count for it alone
 * @param stopTries numbers of savepoint tries used up on the newest attempt; never reused, because
 *     Flink answers a repeated trigger id with the old result
 * @param notLive id of the wish that the cluster would not take up while the attempt runs
 * @param adopted id of the job that became attempt 0
 * @param begun id of the wish that the job is on its way to, from the stop of the attempt before, or
 *     from a resumption, until what was started is stable or fails; absent during a first start
 * @param unprovenSince when the spec in force was first started, or taken up by the running attempt;
 *     absent once it was stable
 * @param canonical path of the newest savepoint that was taken in the canonical format; whatever else
 *     is restored may be readable by the state backend that wrote it only
 * @param heirOf key of the job whose state the first attempt will start from: from the decision to
 *     inherit it on, whatever git says of {@code formerly} later
 * @param inherited attempts of that job and of those it had been before, newest first; none may run
 *     beside those of this one
 * @param beforeUpgrade the state on which the last stable spec ended, while another one has not proven
 *     itself
 * @param known the state of all earlier attempts when the newest one was fixed
 * @param news what one of them has completed since, because it came back to life; until a start goes on
 *     from there, or a person has said from where
 * @param untaken nothing has said yet that the cluster took the newest attempt: its number, and so its
 *     id, is used again by the next start of the same spec
 */
public record Notes(
        Optional<CommitId> startedBy,
        boolean checkpointed,
        Optional<Digest> staged,
        Optional<Refusal> refused,
        Optional<Long> restoreNonce,
        Optional<Instant> fire,
        Optional<Instant> retryAt,
        Optional<String> triedFor,
        int stopTries,
        Optional<String> notLive,
        Optional<JobId> adopted,
        Optional<String> begun,
        Optional<Instant> unprovenSince,
        Optional<String> canonical,
        Optional<JobKey> heirOf,
        List<EarlierAttempts> inherited,
        Optional<StatePointer> beforeUpgrade,
        Optional<KnownState> known,
        Optional<StatePointer> news,
        boolean untaken) {
    public static final Notes NONE = new Notes(
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false);

    public Notes {
        requireNonNull(startedBy, "startedBy is null");
        requireNonNull(staged, "staged is null");
        requireNonNull(refused, "refused is null");
        requireNonNull(restoreNonce, "restoreNonce is null");
        requireNonNull(fire, "fire is null");
        requireNonNull(retryAt, "retryAt is null");
        requireNonNull(triedFor, "triedFor is null");
        requireNonNull(notLive, "notLive is null");
        requireNonNull(adopted, "adopted is null");
        requireNonNull(begun, "begun is null");
        requireNonNull(unprovenSince, "unprovenSince is null");
        requireNonNull(canonical, "canonical is null");
        requireNonNull(heirOf, "heirOf is null");
        inherited = List.copyOf(inherited);
        requireNonNull(beforeUpgrade, "beforeUpgrade is null");
        requireNonNull(known, "known is null");
        requireNonNull(news, "news is null");
    }

    /** A new attempt begins: nothing of it has been seen, nothing is being waited for. */
    public Notes started(CommitId commit, KnownState known) {
        return changed(next -> {
            next.startedBy = Optional.of(commit);
            next.known = Optional.of(known);
            next.news = Optional.empty();
            next.untaken = true;
            next.checkpointed = false;
            next.retryAt = Optional.empty();
            next.triedFor = Optional.empty();
            next.stopTries = 0;
            next.notLive = Optional.empty();
        });
    }

    /** A completed checkpoint of the newest attempt was seen. */
    public Notes sawCheckpoint() {
        return changed(next -> next.checkpointed = true);
    }

    /** The artifacts of this spec are at the cluster. */
    public Notes staged(Digest digest) {
        return changed(next -> {
            next.staged = Optional.of(digest);
            next.retryAt = Optional.empty();
        });
    }

    /** A wish failed for good. */
    public Notes refusing(Refusal refusal) {
        return changed(next -> {
            next.refused = Optional.of(refusal);
            next.retryAt = Optional.empty();
        });
    }

    /** Git says something else: what was refused or waited for counts no more. */
    Notes renewed() {
        return changed(next -> {
            next.refused = Optional.empty();
            next.retryAt = Optional.empty();
            next.triedFor = Optional.empty();
        });
    }

    Notes restored(long nonce) {
        return changed(next -> next.restoreNonce = Optional.of(nonce));
    }

    Notes fired(Instant instant) {
        return changed(next -> next.fire = Optional.of(instant));
    }

    Notes notBefore(Instant instant) {
        return changed(next -> next.retryAt = Optional.of(instant));
    }

    Notes triedToStop(String plan, int tryNumber, Instant retry) {
        return changed(next -> {
            next.retryAt = Optional.of(retry);
            next.triedFor = Optional.of(plan);
            next.stopTries = tryNumber;
            next.begun = Optional.empty();
        });
    }

    /** The cluster will not take this wish up while the attempt runs; a restart will. */
    Notes notLive(String plan) {
        return changed(next -> next.notLive = Optional.of(plan));
    }

    Notes adopted(JobId id, CommitId commit) {
        return changed(next -> {
            next.startedBy = Optional.of(commit);
            next.adopted = Optional.of(id);
        });
    }

    /** The job is on its way to this wish, or to none any more. */
    Notes begun(Optional<String> plan) {
        return changed(next -> next.begun = plan);
    }

    /** The spec in force has to prove itself since then, or has done so. */
    Notes unproven(Optional<Instant> since) {
        return changed(next -> next.unprovenSince = since);
    }

    /** Another spec takes effect on the running attempt by a restart that Flink makes itself. */
    Notes takenUp(CommitId commit) {
        return changed(next -> next.startedBy = Optional.of(commit));
    }

    /** A stop took this savepoint in the canonical format. */
    Notes savedCanonically(String path) {
        return changed(next -> next.canonical = Optional.of(path));
    }

    /** The job goes on from the state that another one left. */
    Notes inherits(JobRecord from) {
        return changed(next -> {
            next.heirOf = Optional.of(from.key());
            next.inherited = Stream.concat(
                            Stream.of(from.ever()), from.notes().inherited().stream())
                    .toList();
        });
    }

    /** What the last stable spec ended on, or nothing that anybody goes back to. */
    Notes upgradedFrom(Optional<StatePointer> state) {
        return changed(next -> next.beforeUpgrade = state);
    }

    /** An earlier attempt has completed this since the newest one was fixed; the latest counts. */
    Notes outrunBy(StatePointer state) {
        return changed(next ->
                next.news = news.filter(old -> old.completedAt().isAfter(state.completedAt()))
                        .or(() -> Optional.of(state)));
    }

    /** The id of the newest attempt is used up. */
    Notes taken() {
        return changed(next -> next.untaken = false);
    }

    private Notes changed(Consumer<Draft> change) {
        Draft next = new Draft(this);
        change.accept(next);
        return next.notes();
    }

    /** The one place besides the components that lists them all; never outlives the change. */
    private static final class Draft {
        private Optional<CommitId> startedBy;
        private boolean checkpointed;
        private Optional<Digest> staged;
        private Optional<Refusal> refused;
        private Optional<Long> restoreNonce;
        private Optional<Instant> fire;
        private Optional<Instant> retryAt;
        private Optional<String> triedFor;
        private int stopTries;
        private Optional<String> notLive;
        private Optional<JobId> adopted;
        private Optional<String> begun;
        private Optional<Instant> unprovenSince;
        private Optional<String> canonical;
        private Optional<JobKey> heirOf;
        private List<EarlierAttempts> inherited;
        private Optional<StatePointer> beforeUpgrade;
        private Optional<KnownState> known;
        private Optional<StatePointer> news;
        private boolean untaken;

        Draft(Notes from) {
            startedBy = from.startedBy;
            checkpointed = from.checkpointed;
            staged = from.staged;
            refused = from.refused;
            restoreNonce = from.restoreNonce;
            fire = from.fire;
            retryAt = from.retryAt;
            triedFor = from.triedFor;
            stopTries = from.stopTries;
            notLive = from.notLive;
            adopted = from.adopted;
            begun = from.begun;
            unprovenSince = from.unprovenSince;
            canonical = from.canonical;
            heirOf = from.heirOf;
            inherited = from.inherited;
            beforeUpgrade = from.beforeUpgrade;
            known = from.known;
            news = from.news;
            untaken = from.untaken;
        }

        Notes notes() {
            return new Notes(
                    startedBy,
                    checkpointed,
                    staged,
                    refused,
                    restoreNonce,
                    fire,
                    retryAt,
                    triedFor,
                    stopTries,
                    notLive,
                    adopted,
                    begun,
                    unprovenSince,
                    canonical,
                    heirOf,
                    inherited,
                    beforeUpgrade,
                    known,
                    news,
                    untaken);
        }
    }
}
