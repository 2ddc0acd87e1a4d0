// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import dev.sluice.spec.JobId;
import java.time.Instant;
import java.util.Optional;

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
        Optional<String> canonical) {
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
            Optional.empty());

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
    }

    /** A new attempt begins: nothing of it has been seen, nothing is being waited for. */
    Notes started(CommitId commit) {
        return new Notes(
                Optional.of(commit),
                false,
                staged,
                refused,
                restoreNonce,
                fire,
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                adopted,
                begun,
                unprovenSince,
                canonical);
    }

    Notes sawCheckpoint() {
        return new Notes(
                startedBy,
                true,
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
                canonical);
    }

    Notes staged(Digest digest) {
        return new Notes(
                startedBy,
                checkpointed,
                Optional.of(digest),
                refused,
                restoreNonce,
                fire,
                Optional.empty(),
                triedFor,
                stopTries,
                notLive,
                adopted,
                begun,
                unprovenSince,
                canonical);
    }

    Notes refusing(Refusal refusal) {
        return new Notes(
                startedBy,
                checkpointed,
                staged,
                Optional.of(refusal),
                restoreNonce,
                fire,
                Optional.empty(),
                triedFor,
                stopTries,
                notLive,
                adopted,
                begun,
                unprovenSince,
                canonical);
    }

    /** Git says something else: what was refused or waited for counts no more. */
    Notes renewed() {
        return new Notes(
                startedBy,
                checkpointed,
                staged,
                Optional.empty(),
                restoreNonce,
                fire,
                Optional.empty(),
                Optional.empty(),
                stopTries,
                notLive,
                adopted,
                begun,
                unprovenSince,
                canonical);
    }

    Notes restored(long nonce) {
        return new Notes(
                startedBy,
                checkpointed,
                staged,
                refused,
                Optional.of(nonce),
                fire,
                retryAt,
                triedFor,
                stopTries,
                notLive,
                adopted,
                begun,
                unprovenSince,
                canonical);
    }

    Notes fired(Instant instant) {
        return new Notes(
                startedBy,
                checkpointed,
                staged,
                refused,
                restoreNonce,
                Optional.of(instant),
                retryAt,
                triedFor,
                stopTries,
                notLive,
                adopted,
                begun,
                unprovenSince,
                canonical);
    }

    Notes notBefore(Instant instant) {
        return new Notes(
                startedBy,
                checkpointed,
                staged,
                refused,
                restoreNonce,
                fire,
                Optional.of(instant),
                triedFor,
                stopTries,
                notLive,
                adopted,
                begun,
                unprovenSince,
                canonical);
    }

    Notes triedToStop(String plan, int tryNumber, Instant retry) {
        return new Notes(
                startedBy,
                checkpointed,
                staged,
                refused,
                restoreNonce,
                fire,
                Optional.of(retry),
                Optional.of(plan),
                tryNumber,
                notLive,
                adopted,
                Optional.empty(),
                unprovenSince,
                canonical);
    }

    /** The cluster will not take this wish up while the attempt runs; a restart will. */
    Notes notLive(String plan) {
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
                Optional.of(plan),
                adopted,
                begun,
                unprovenSince,
                canonical);
    }

    Notes adopted(JobId id, CommitId commit) {
        return new Notes(
                Optional.of(commit),
                checkpointed,
                staged,
                refused,
                restoreNonce,
                fire,
                retryAt,
                triedFor,
                stopTries,
                notLive,
                Optional.of(id),
                begun,
                unprovenSince,
                canonical);
    }

    /** The job is on its way to this wish, or to none any more. */
    Notes begun(Optional<String> plan) {
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
                plan,
                unprovenSince,
                canonical);
    }

    /** The spec in force has to prove itself since then, or has done so. */
    Notes unproven(Optional<Instant> since) {
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
                since,
                canonical);
    }

    /** Another spec takes effect on the running attempt by a restart that Flink makes itself. */
    Notes takenUp(CommitId commit) {
        return new Notes(
                Optional.of(commit),
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
                canonical);
    }

    /** A stop took this savepoint in the canonical format. */
    Notes savedCanonically(String path) {
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
                Optional.of(path));
    }
}
