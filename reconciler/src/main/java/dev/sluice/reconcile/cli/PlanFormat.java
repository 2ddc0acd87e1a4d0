// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.plan.document.Plan;
import dev.sluice.plan.document.PlanJson;
import dev.sluice.plan.document.PlanMarkdown;
import dev.sluice.plan.document.PlanText;

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
}
