// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.change.ChangeClass;
import dev.sluice.plan.change.FieldChange;
import dev.sluice.spec.JobKey;
import java.util.ArrayList;
import java.util.List;

/**
 * What will happen to one job, before anything does.
 *
 * @param change what the change costs
 * @param steps the steps in order, each a line
 * @param state what becomes of the state, a line
 * @param fields what differs from the spec in force
 * @param holds why it does not begin or end yet
 * @param assumptions what was taken for granted; applying checks each again
 */
public record JobPlan(
        JobKey key,
        Symbol symbol,
        ChangeClass change,
        List<String> steps,
        String state,
        List<FieldChange> fields,
        List<Hold> holds,
        List<String> assumptions) {
    /** The kind of row, with its printable sign. */
    public enum Symbol {
        START("+", "start"),
        UPDATE("~", "update"),
        REPLACE("-/+", "restart"),
        STOP("-", "stop"),
        HOLD("!", "hold"),
        NONE(" ", "unchanged");

        private final String sign;
        private final String word;

        Symbol(String sign, String word) {
            this.sign = sign;
            this.word = word;
        }

        public String sign() {
            return sign;
        }

        public String word() {
            return word;
        }
    }

    public JobPlan {
        requireNonNull(key, "key is null");
        requireNonNull(symbol, "symbol is null");
        requireNonNull(change, "change is null");
        steps = List.copyOf(steps);
        requireNonNull(state, "state is null");
        fields = List.copyOf(fields);
        holds = List.copyOf(holds);
        assumptions = List.copyOf(assumptions);
    }

    /** The plan as text, one fact a line. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(symbol.sign() + " " + key.display() + " " + symbol.word() + " " + change);
        lines.add("  state: " + state);
        fields.forEach(field -> lines.add("  " + field.field() + ": " + quoted(field.before())
                + " -> " + quoted(field.after())));
        steps.forEach(step -> lines.add("  step: " + step));
        holds.forEach(hold -> lines.add("  hold: " + hold.reason() + ": " + hold.text()));
        assumptions.forEach(assumption -> lines.add("  assumes: " + assumption));
        return List.copyOf(lines);
    }

    private static String quoted(String value) {
        return value.isEmpty() ? "(none)" : value;
    }
}
