// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.util.List;
import java.util.Optional;

/** What must be allowed by name, or be possible at all, before anything is stopped or started. */
final class Allowances {
    private static final String MAX_PARALLELISM = "pipeline.max-parallelism";

    private final Situation situation;

    Allowances(Situation situation) {
        this.situation = situation;
    }

    /** Why the running attempt must not be stopped for the target, if so. */
    Optional<Hold> beforeStop(EffectiveJob target) {
        return portable(target)
                .or(() -> situation.record().currentId().isEmpty() ? Optional.empty() : empty())
                .or(() -> parallelism(target));
    }

    /** Why the target must not be started from the state, if so. */
    Optional<Hold> beforeStart(EffectiveJob target, RestoreFrom state) {
        return portable(target)
                .or(() -> state instanceof RestoreFrom.Empty ? Optional.empty() : empty())
                .or(() -> parallelism(target))
                .or(() -> unreadable(target, state));
    }

    /** The decision that waits for an allowance. */
    Decision held(Hold hold) {
        return new Decision(
                situation.record(),
                Optional.empty(),
                List.of(hold),
                hold.reason(),
                Optional.empty());
    }

    private Optional<Hold> portable(EffectiveJob target) {
        Optional<String> before =
                situation.record().deployed().map(old -> JobShape.major(old.spec()));
        String after = JobShape.major(target.spec());
        boolean isPortable = before.filter(major -> !major.equals(after)).isEmpty();
        if (isPortable || situation.around().allows(Allowance.NOT_PORTABLE)) {
            return Optional.empty();
        }
        return Optional.of(new Hold(
                Reason.NeedsAllowance,
                "Flink does not promise state from " + before.orElse("?") + ".x to " + after
                        + ".x; it needs the allowance notPortable"));
    }

    private Optional<Hold> empty() {
        boolean isEmpty =
                situation.restore().filter(word -> word.from().isEmpty()).isPresent()
                        && situation.refusal().isEmpty();
        if (!isEmpty || situation.around().allows(Allowance.EMPTY_START)) {
            return Optional.empty();
        }
        return Optional.of(new Hold(
                Reason.NeedsAllowance,
                "an empty start gives up the job's state; it needs the allowance emptyStart"));
    }

    /** Why the target cannot read the state, which the spec in force wrote or was started from. */
    Optional<Hold> unreadable(EffectiveJob target, RestoreFrom state) {
        boolean isTold = situation.restore().isPresent() && situation.refusal().isEmpty();
        Optional<EffectiveJob> old = situation.record().deployed();
        boolean isItsOwn = Rollback.state(situation).filter(state::equals).isPresent();
        if (isTold || isItsOwn || old.isEmpty() || !(state instanceof RestoreFrom.State kept)) {
            return Optional.empty();
        }
        StateLimits limits = StateLimits.between(old.get(), target);
        StatePointer pointer = kept.pointer();
        boolean isCanonical = situation
                .record()
                .notes()
                .canonical()
                .filter(pointer.path()::equals)
                .isPresent();
        boolean isOwn = pointer.flinkVersion().equals(target.spec().flink().version());
        if (limits.version() && pointer.kind() == StatePointer.Kind.CHECKPOINT && !isOwn) {
            return Optional.of(unread("another Flink version", "savepoint", pointer));
        }
        return limits.backend() && !isCanonical
                ? Optional.of(unread("another state backend", "canonical savepoint", pointer))
                : Optional.empty();
    }

    private static Hold unread(String reader, String needed, StatePointer pointer) {
        return new Hold(
                Reason.SavepointFailed,
                reader + " needs a " + needed + ", which " + pointer.path()
                        + " is not known to be; run the spec of before this change first, or name"
                        + " a state with restore.from");
    }

    private Optional<Hold> parallelism(EffectiveJob target) {
        Optional<Integer> maximum = Optional.ofNullable(
                        target.spec().configuration().get(MAX_PARALLELISM))
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Integer::valueOf);
        int wanted = target.spec().resources().parallelism();
        return maximum.filter(most -> wanted > most)
                .map(most -> new Hold(
                        Reason.SpecInvalid,
                        "parallelism " + wanted + " is above " + MAX_PARALLELISM + " " + most
                                + "; the state cannot be spread so far"));
    }
}
