// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.reconcile.service.Remembered;
import dev.sluice.reconcile.text.TextTable;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.web.api.JobJson;
import dev.sluice.web.view.JobPage;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice history TEAM/NAME}: every step of a job, its commit and what came of it. */
@Command(
        name = "history",
        description = "Show what was done to a job, by which commit, and what came of it.",
        mixinStandardHelpOptions = true)
public final class HistoryCommand implements Callable<Integer> {
    private static final int LONGEST = 100;

    @Mixin
    private ConfigOption config;

    @Mixin
    private JobArgument job;

    @Mixin
    private OutputOption output;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = command.commandLine().getOut();
        try (Remembered memory = Remembered.open(config.read())) {
            JobPage page = job.page(memory);
            out.print(output.isJson() ? JobJson.job(page) + "\n" : table(page));
            out.flush();
            return ExitCode.DONE;
        }
    }

    private static TextTable table(JobPage page) {
        Map<CommitId, String> people = page.commits().stream()
                .collect(Collectors.toMap(
                        JobPage.CommitLine::id,
                        JobPage.CommitLine::author,
                        (newest, older) -> newest));
        TextTable table =
                new TextTable("TIME", "COMMIT", "BY", "ATTEMPT", "STEP", "OUTCOME", "EVIDENCE");
        for (JobPage.TimelineEntry entry : page.timeline()) {
            table.row(
                    entry.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                    entry.commit().map(CommitId::brief).orElse("-"),
                    entry.commit().map(people::get).orElse("-"),
                    entry.attempt() == 0 ? "-" : String.valueOf(entry.attempt()),
                    entry.step(),
                    entry.outcome(),
                    evidence(entry.evidence()));
        }
        return table;
    }

    /** A proof names every process and answer; people want to know that there is one. */
    private static String brief(String text) {
        return text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST) + "... (-o json has all)";
    }

    static String evidence(Evidence evidence) {
        List<String> facts = new ArrayList<>();
        evidence.pointer().ifPresent(pointer -> facts.add(pointer.path()));
        evidence.facts().forEach((name, text) -> facts.add(name + "=" + brief(text)));
        return String.join(" ", facts);
    }
}
