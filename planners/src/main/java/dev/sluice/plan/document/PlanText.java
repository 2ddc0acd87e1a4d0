// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.document;

import dev.sluice.plan.JobLines;
import dev.sluice.spec.CommitId;

/** A plan for the terminal. */
public final class PlanText {
    private PlanText() {}

    /** The whole plan; every line ends with a line feed. */
    public static String of(Plan plan) {
        StringBuilder text = new StringBuilder(title(plan)).append("\n\n");
        plan.changed().forEach(job -> {
            JobLines.of(job).forEach(line -> text.append(line).append('\n'));
            text.append('\n');
        });
        plan.shared()
                .forEach(change -> text.append("variable ")
                        .append(change.variable())
                        .append(" is used by ")
                        .append(String.join(", ", change.jobs()))
                        .append('\n'));
        plan.order().forEach(line -> text.append(line).append('\n'));
        return text.append(plan.totals()).append('\n').toString();
    }

    static String title(Plan plan) {
        String against = plan.base()
                .map(CommitId::brief)
                .map(base -> "compared with " + base)
                .orElse("compared with what runs");
        return "Plan " + plan.id() + " of " + plan.commit().brief() + " for " + plan.environment()
                + ", " + against;
    }
}
