// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.plan.StateChoice.Choice;
import dev.sluice.spec.UpgradePolicy;
import dev.sluice.spec.observed.KnownState;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.util.Optional;

/**
 * State that an earlier attempt completed after the newest one was fixed, because high availability had
 * brought it back. Where it plainly went on from what the newest attempt was to start from, it is the
 * newest state of the job; in all other cases a person says which counts.
 */
final class Revival {
    private final JobRecord record;
    private final StatePointer last;
    private final Optional<KnownState> before;

    /** @param last what it has completed */
    Revival(JobRecord record, StatePointer last) {
        this.record = record;
        this.last = last;
        this.before = record.notes().known();
    }

    /** @param isUntouched the newest attempt has left no state of its own */
    Choice choice(boolean isUntouched, UpgradePolicy policy) {
        return isUntouched && isPlain()
                ? StateChoice.aged(record, last, policy)
                : Choice.none(Reason.StateUnknown, told());
    }

    private boolean isPlain() {
        return before.filter(known -> known.isContinuedBy(last)).isPresent()
                && isOfEarlierAttempt()
                && record.lineage().stream().noneMatch(this::isAhead)
                && isSuccessor()
                && isReadable();
    }

    /** Not of the job that this one formerly was, nor of an earlier life of its own. */
    private boolean isOfEarlierAttempt() {
        return record.isOwn(last) && last.attempt() < record.attempt();
    }

    private boolean isAhead(StatePointer other) {
        return before.filter(known -> known.isNews(other)).isPresent() && other.isNewerThan(last);
    }

    /** The newest attempt was to go on from all that was known; nobody had given any of it up. */
    private boolean isSuccessor() {
        RestoreFrom from = record.startedFrom().orElse(new RestoreFrom.Empty("first start"));
        return from instanceof RestoreFrom.State state
                ? newest().filter(known ->
                                Restored.isSame(known.path(), state.pointer().path()))
                        .isPresent()
                : newest().isEmpty();
    }

    /** What it left is a checkpoint, which another version or another backend may not read. */
    private boolean isReadable() {
        boolean wasCheckpoint = newest().filter(
                        known -> known.kind() == StatePointer.Kind.SAVEPOINT)
                .isEmpty();
        return wasCheckpoint
                || record.lastStable()
                        .filter(old -> !StateLimits.between(
                                        old, record.deployed().orElseThrow())
                                .exist())
                        .isPresent();
    }

    private Optional<StatePointer> newest() {
        return before.flatMap(KnownState::newest);
    }

    /** What has happened, for people. */
    String told() {
        return "attempt " + last.attempt() + " came back to life and completed " + last.path()
                + " at " + last.completedAt() + ", after attempt " + record.attempt()
                + " had been planned from "
                + record.startedFrom().map(RestoreFrom::toString).orElse("nothing");
    }
}
