// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether saved state can be given to a graph, by the rules of Flink's
 * {@code Checkpoints.loadAndValidateCheckpoint}: ids and parallelisms. It proves nothing about
 * serializers; a changed type behind the same id is found by Flink only, when it restores.
 *
 * @param reasons why it does not fit; empty when it does
 * @param warnings what a person should know all the same
 */
public record StateFit(List<String> reasons, List<String> warnings) {
    public StateFit {
        reasons = List.copyOf(reasons);
        warnings = List.copyOf(warnings);
    }

    public boolean isCompatible() {
        return reasons.isEmpty();
    }

    /** Compares. */
    public static StateFit of(SavedState state, CompiledJob job, boolean allowNonRestoredState) {
        List<String> reasons = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (SavedState.Operator saved : state.operators()) {
            Optional<CompiledJob.Operator> taker = job.operators().stream()
                    .filter(operator -> operator.takes(saved.id()))
                    .findFirst();
            if (taker.isPresent()) {
                compare(saved, taker.get(), reasons, warnings);
            } else if (saved.hasState()) {
                (allowNonRestoredState ? warnings : reasons).add(dropped(saved));
            }
        }
        job.operators().stream()
                .filter(CompiledJob.Operator::isKeyed)
                .filter(operator ->
                        state.operators().stream().noneMatch(saved -> operator.takes(saved.id())))
                .map(operator -> "operator '" + operator.name() + "' starts with empty state")
                .forEach(warnings::add);
        return new StateFit(reasons, warnings);
    }

    private static void compare(
            SavedState.Operator saved,
            CompiledJob.Operator taker,
            List<String> reasons,
            List<String> warnings) {
        String name = "operator '" + taker.name() + "'";
        if (taker.maxParallelism() > 0 && taker.maxParallelism() != saved.maxParallelism()) {
            reasons.add(name + " has max parallelism " + taker.maxParallelism()
                    + ", its state was written with " + saved.maxParallelism());
        }
        if (taker.parallelism() > saved.maxParallelism()) {
            reasons.add(name + " has parallelism " + taker.parallelism()
                    + ", more than the max parallelism " + saved.maxParallelism()
                    + " of its state");
        }
        if (saved.hasState() && taker.uid().isEmpty() && taker.uidHash().isEmpty()) {
            warnings.add(name + " has no uid: its state is found only while the graph keeps its"
                    + " shape");
        }
    }

    private static String dropped(SavedState.Operator saved) {
        return "the state of operator "
                + saved.name().map(name -> "'" + name + "' ").orElse("")
                + saved.uid().map(uid -> "(uid " + uid + ") ").orElse("")
                + saved.id() + " (" + saved.bytes() + " bytes) has no operator in the new graph";
    }
}
