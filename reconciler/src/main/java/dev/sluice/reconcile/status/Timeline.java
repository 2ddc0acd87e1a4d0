// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.status;

import dev.sluice.plan.StepText;
import dev.sluice.reconcile.journal.HistoryEntry;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.web.view.JobPage.Motive;
import dev.sluice.web.view.JobPage.TimelineEntry;
import java.util.Optional;

/** Steps of the journal in the words that pages and commands share. */
public final class Timeline {
    private Timeline() {}

    /** The step with its newest outcome. */
    public static TimelineEntry entry(HistoryEntry step) {
        Optional<HistoryEntry.Result> last = step.outcomes().isEmpty()
                ? Optional.empty()
                : Optional.of(step.outcomes().get(step.outcomes().size() - 1));
        StepText.Words words = StepText.words(step.step());
        return new TimelineEntry(
                step.at(),
                words.attempt(),
                words.verb(),
                last.map(result -> OutcomeWords.of(result.outcome())).orElse("in flight"),
                motive(step.motive()),
                last.map(result -> OutcomeWords.evidence(result.outcome())).orElse(Evidence.NONE));
    }

    private static Motive motive(HistoryEntry.Motive motive) {
        return new Motive(
                motive.commit(),
                motive.author(),
                motive.signer(),
                motive.plan(),
                motive.reason().name());
    }
}
