// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.change.ChangeClass;
import dev.sluice.plan.change.FieldChange;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What will happen to one job, before anything does.
 *
 * @param change what the change costs
 * @param steps the steps in order, each a line
 * @param state what becomes of the state, a line
 * @param fields what differs from the spec in force
 * @param holds why it does not begin or end yet
 * @param assumptions what is taken for granted of the world
 * @param remarks what else a reviewer should know: warnings, expected downtime, approvers
 * @param basis what the plan was made from
 */
public record JobPlan(
        JobKey key,
        Symbol symbol,
        ChangeClass change,
        List<String> steps,
        String state,
        List<FieldChange> fields,
        List<Hold> holds,
        List<String> assumptions,
        List<String> remarks,
        Basis basis) {
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
        remarks = List.copyOf(remarks);
        requireNonNull(basis, "basis is null");
    }

    /** Nothing will happen and nothing waits. */
    public boolean isUnchanged() {
        return symbol == Symbol.NONE;
    }

    /** The plan as lines, one fact a line. */
    public List<String> lines() {
        return JobLines.of(this);
    }

    /** The same with a remark for reviewers. */
    public JobPlan remarking(String remark) {
        List<String> more = new ArrayList<>(remarks);
        more.add(remark);
        return new JobPlan(
                key, symbol, change, steps, state, fields, holds, assumptions, more, basis);
    }

    /** The same with one thing more that waits, such as a turn. */
    public JobPlan held(Hold hold) {
        List<Hold> more = new ArrayList<>(holds);
        more.add(hold);
        return new JobPlan(
                key, symbol, change, steps, state, fields, more, assumptions, remarks, basis);
    }

    /** The same with the lines that set the new values, as the loader knows them by field name. */
    public JobPlan located(Function<String, Optional<SourceLocation>> lines) {
        List<FieldChange> located = fields.stream()
                .map(field -> lines.apply(field.field()).map(field::at).orElse(field))
                .toList();
        return new JobPlan(
                key, symbol, change, steps, state, located, holds, assumptions, remarks, basis);
    }
}
