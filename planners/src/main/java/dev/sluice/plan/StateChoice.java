// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.UpgradePolicy;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which state an attempt that ended unplanned left behind. The answer is a state, an explicit empty
 * start, or the reason why a person must choose; it is never an older pointer instead of a newer one.
 */
final class StateChoice {
    /**
     * A choice.
     *
     * @param state present when it is safe to go on
     * @param reason why not, otherwise
     */
    record Choice(Optional<RestoreFrom> state, Reason reason, String text) {
        static Choice of(RestoreFrom state) {
            return new Choice(Optional.of(state), Reason.Recovering, "");
        }

        static Choice none(Reason reason, String text) {
            return new Choice(Optional.empty(), reason, text);
        }
    }

    private StateChoice() {}

    /** Chooses after a complete search of storage; nothing runs any more. */
    static Choice after(JobRecord record, Phase.Search search, UpgradePolicy policy) {
        Optional<StatePointer> found = own(record, search.newest());
        Optional<StatePointer> known = own(record, record.newestState());
        boolean isUntouched =
                found.isEmpty() && known.isEmpty() && !record.notes().checkpointed();
        if (record.notes().news().isPresent()) {
            return new Revival(record, record.notes().news().get()).choice(isUntouched, policy);
        }
        if (found.isPresent() && known.filter(seen -> isGone(seen, found.get())).isEmpty()) {
            return aged(record, found.get(), policy);
        }
        if (found.isEmpty() && known.isEmpty() && record.isAdopted() && policy.isStateRequired()) {
            return Choice.none(
                    Reason.StateUnknown,
                    "of the adopted job no state is known, and where it kept any is not either");
        }
        if (isUntouched) {
            return Choice.of(untouched(record));
        }
        if (!policy.isStateRequired()) {
            return Choice.of(discarded(policy));
        }
        return Choice.none(Reason.StateUnknown, lost(record, known, found));
    }

    /** True when the pointer is young enough to be used without a person's word. */
    static boolean isYoung(StatePointer pointer, Instant lastRunning, UpgradePolicy policy) {
        Duration age = Duration.between(pointer.completedAt(), lastRunning);
        return age.compareTo(policy.maxStateAge()) <= 0;
    }

    /** The newest known pointer of the newest attempt. */
    static Optional<StatePointer> own(JobRecord record, Optional<StatePointer> pointer) {
        return pointer.filter(candidate -> candidate.attempt() == record.attempt());
    }

    static RestoreFrom discarded(UpgradePolicy policy) {
        return new RestoreFrom.Empty(
                "discardable: " + policy.discardableReason().orElse(""));
    }

    /** The attempt left no state, so what it was started from is the newest. */
    static RestoreFrom untouched(JobRecord record) {
        RestoreFrom from = record.startedFrom().orElse(new RestoreFrom.Empty("first start"));
        return from instanceof RestoreFrom.Empty
                ? new RestoreFrom.Empty("no state ever existed")
                : from;
    }

    static Choice aged(JobRecord record, StatePointer found, UpgradePolicy policy) {
        boolean young = record.lastSeenRunning()
                .map(last -> isYoung(found, last, policy))
                .orElse(true);
        if (young || !policy.isStateRequired()) {
            return Choice.of(new RestoreFrom.State(found));
        }
        return Choice.none(
                Reason.StateTooOld,
                "the newest state " + found.path() + " was completed at " + found.completedAt()
                        + ", more than " + policy.maxStateAge() + " before the job last ran");
    }

    private static boolean isGone(StatePointer seen, StatePointer found) {
        return !Restored.isSame(seen.path(), found.path()) && seen.isNewerThan(found);
    }

    private static String lost(
            JobRecord record, Optional<StatePointer> known, Optional<StatePointer> found) {
        return "attempt " + record.attempt() + " completed checkpoints, but its newest state is not"
                + " on storage (known: " + known.map(StatePointer::path).orElse("none")
                + ", found: "
                + found.map(StatePointer::path).orElse("none") + ")";
    }
}
