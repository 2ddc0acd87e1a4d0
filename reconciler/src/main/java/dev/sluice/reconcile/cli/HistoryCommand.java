// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.reconcile.service.Remembered;
import dev.sluice.reconcile.status.Timeline;
import dev.sluice.web.api.JobJson;
import dev.sluice.web.view.JobPage;
import dev.sluice.web.view.JobPage.TimelineEntry;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice history TEAM/NAME}: every step of a job, why it was taken and what came of it. */
@Command(
        name = "history",
        description = "Show what was done to a job, by which commit, and what came of it.",
        mixinStandardHelpOptions = true)
public final class HistoryCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    @Mixin
    private JobArgument job;

    @Mixin
    private OutputOption output;

    @Mixin
    private LimitOption limit;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = command.commandLine().getOut();
        try (Remembered memory = Remembered.open(config.read())) {
            JobPage page = job.page(memory);
            List<TimelineEntry> steps =
                    memory.journal().history(page.row().key(), limit.rows()).stream()
                            .map(Timeline::entry)
                            .toList();
            out.print(
                    output.isJson()
                            ? JobJson.job(page.with(steps)) + "\n"
                            : StepWords.table(steps));
            out.flush();
            return ExitCode.DONE;
        }
    }
}
