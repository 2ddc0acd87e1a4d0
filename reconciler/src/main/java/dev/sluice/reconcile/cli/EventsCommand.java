// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.reconcile.service.Remembered;
import dev.sluice.reconcile.text.TextTable;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobKey;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice events}: what happened in the environment and every step that was taken. */
@Command(
        name = "events",
        description = "Show what happened in the environment, newest first.",
        mixinStandardHelpOptions = true)
public final class EventsCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

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
            List<Happening> newest = Happening.newest(memory.journal(), limit.rows());
            out.print(output.isJson() ? json(newest) + "\n" : table(newest));
            out.flush();
            return ExitCode.DONE;
        }
    }

    private static TextTable table(List<Happening> newest) {
        TextTable table = new TextTable("TIME", "JOB", "REASON", "COMMIT", "BY", "PLAN", "TEXT");
        for (Happening row : newest) {
            table.row(
                    row.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                    row.job().map(JobKey::display).orElse("-"),
                    row.reason(),
                    row.commit().map(CommitId::brief).orElse("-"),
                    StepWords.people(row.author(), row.signer()),
                    row.plan().orElse("-"),
                    row.text());
        }
        return table;
    }

    private static String json(List<Happening> newest) {
        return JsonDocument.of("events", newest.stream().map(Happening::json).toList());
    }
}
