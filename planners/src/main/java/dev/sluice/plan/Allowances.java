// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.plan.change.ChangeClass;
import dev.sluice.spec.EffectiveJob;
import java.util.List;
import java.util.Optional;

/** What must be allowed by name before a running job is stopped for it. */
final class Allowances {
    private static final String MAX_PARALLELISM = "pipeline.max-parallelism";

    private final Situation situation;

    Allowances(Situation situation) {
        this.situation = situation;
    }

    /** Why the change must not begin, if so; the job runs on. */
    Optional<Decision> before(EffectiveJob target, ChangeClass change) {
        return portable(target)
                .or(() -> empty(change))
                .or(() -> parallelism(target))
                .map(hold -> new Decision(
                        situation.record(),
                        Optional.empty(),
                        List.of(hold),
                        hold.reason(),
                        Optional.empty()));
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

    private Optional<Hold> empty(ChangeClass change) {
        boolean isEmpty = change == ChangeClass.EMPTY_START
                && situation.restore().filter(word -> word.from().isEmpty()).isPresent();
        if (!isEmpty || situation.around().allows(Allowance.EMPTY_START)) {
            return Optional.empty();
        }
        return Optional.of(new Hold(
                Reason.NeedsAllowance,
                "an empty start gives up the job's state; it needs the allowance emptyStart"));
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
