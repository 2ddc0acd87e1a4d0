// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.reconcile.text.TextTable;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.web.view.JobPage.Motive;
import dev.sluice.web.view.JobPage.TimelineEntry;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Steps that were taken, as the commands show them to people. */
final class StepWords {
    private static final int LONGEST = 100;

    private StepWords() {}

    static TextTable table(List<TimelineEntry> timeline) {
        TextTable table = new TextTable(
                "TIME", "COMMIT", "BY", "PLAN", "REASON", "ATTEMPT", "STEP", "OUTCOME", "EVIDENCE");
        for (TimelineEntry entry : timeline) {
            Motive motive = entry.motive();
            table.row(
                    entry.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                    motive.commit().brief(),
                    people(motive.author(), motive.signer()),
                    motive.plan().orElse("-"),
                    motive.reason(),
                    entry.attempt() == 0 ? "-" : String.valueOf(entry.attempt()),
                    entry.step(),
                    entry.outcome(),
                    evidence(entry.evidence()));
        }
        return table;
    }

    /** Step, outcome and evidence on one line. */
    static String line(TimelineEntry entry) {
        String about = entry.attempt() == 0 ? "" : " attempt " + entry.attempt();
        return (entry.step() + about + ": " + entry.outcome() + " " + evidence(entry.evidence()))
                .strip();
    }

    /** Who answers for a commit. */
    static String people(Optional<String> author, Optional<String> signer) {
        return author.orElse("-") + signer.map(key -> ", signed by " + key).orElse("");
    }

    private static String evidence(Evidence evidence) {
        List<String> facts = new ArrayList<>();
        evidence.pointer().ifPresent(pointer -> facts.add(pointer.path()));
        evidence.facts().forEach((name, text) -> facts.add(name + "=" + brief(text)));
        return String.join(" ", facts);
    }

    /** A proof names every process and answer; people want to know that there is one. */
    private static String brief(String text) {
        return text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST) + "... (-o json has all)";
    }
}
