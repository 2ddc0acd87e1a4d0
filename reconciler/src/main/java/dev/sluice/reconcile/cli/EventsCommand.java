// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.reconcile.journal.Event;
import dev.sluice.reconcile.service.Remembered;
import dev.sluice.reconcile.text.TextTable;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobKey;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice events}: what happened in the environment, in sentences. */
@Command(
        name = "events",
        description = "Show what happened in the environment, newest first.",
        mixinStandardHelpOptions = true)
public final class EventsCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    @Mixin
    private OutputOption output;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "NUMBER",
            defaultValue = "50",
            description = "How many at most (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = command.commandLine().getOut();
        try (Remembered memory = Remembered.open(config.read())) {
            List<Event> events = memory.journal().events(limit);
            out.print(output.isJson() ? json(events) + "\n" : table(events));
            out.flush();
            return ExitCode.DONE;
        }
    }

    private static TextTable table(List<Event> events) {
        TextTable table = new TextTable("TIME", "JOB", "REASON", "COMMIT", "TEXT");
        for (Event event : events) {
            table.row(
                    event.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                    event.job().map(JobKey::display).orElse("-"),
                    event.word(),
                    event.commit().map(CommitId::brief).orElse("-"),
                    event.text());
        }
        return table;
    }

    private static String json(List<Event> events) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Event event : events) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("time", event.at().toString());
            event.job().ifPresent(job -> row.put("job", job.display()));
            row.put("reason", event.word());
            event.commit().ifPresent(commit -> row.put("commit", commit.hash()));
            row.put("text", event.text());
            rows.add(row);
        }
        return JsonDocument.of("events", rows);
    }
}
