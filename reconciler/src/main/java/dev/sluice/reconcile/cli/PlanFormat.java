// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.plan.document.Plan;
import dev.sluice.plan.document.PlanJson;
import dev.sluice.plan.document.PlanMarkdown;
import dev.sluice.plan.document.PlanText;
import dev.sluice.reconcile.explain.ExplanationText;
import dev.sluice.reconcile.explain.JobExplanation;
import java.util.List;
import java.util.stream.Collectors;

/** How {@code sluice plan} prints a plan; the names are what {@code -o} takes. */
enum PlanFormat {
    text,
    json,
    markdown;

    /**
     * The plan, with a line feed at its end.
     *
     * @param limit most characters of markdown
     */
    String print(Plan plan, int limit) {
        return switch (this) {
            case text -> PlanText.of(plan);
            case json -> PlanJson.of(plan);
            case markdown -> PlanMarkdown.of(plan, limit);
        };
    }

    /**
     * What follows the plan.
     *
     * @param room most characters of markdown; what does not fit is left out whole and counted
     */
    String print(List<JobExplanation> explained, int room) {
        return switch (this) {
            case json -> "";
            case text ->
                explained.stream()
                        .map(job -> "\n" + ExplanationText.of(job))
                        .collect(Collectors.joining());
            case markdown -> ExplanationText.markdown(explained, room);
        };
    }
}
