// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.plan.JobRecord;
import dev.sluice.reconcile.journal.LedgerEntry;
import dev.sluice.reconcile.journal.LiveLineage;
import dev.sluice.reconcile.journal.StoredJob;
import dev.sluice.reconcile.service.Remembered;
import dev.sluice.reconcile.status.StateSizes;
import dev.sluice.reconcile.text.Ages;
import dev.sluice.reconcile.text.TextTable;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice states TEAM/NAME}: the savepoints and checkpoints of a job. */
@Command(
        name = "states",
        description = "Show every savepoint and checkpoint of a job, and which one is in use.",
        mixinStandardHelpOptions = true)
public final class StatesCommand implements Callable<Integer> {
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
            JobKey key = job.key(memory);
            List<LedgerEntry> entries = memory.journal().states(key);
            Optional<JobRecord> record = memory.journal().job(key).map(StoredJob::record);
            out.print(output.isJson() ? json(record, entries) + "\n" : table(record, entries));
            out.flush();
            return ExitCode.DONE;
        }
    }

    private static TextTable table(Optional<JobRecord> record, List<LedgerEntry> entries) {
        Instant now = Clock.systemUTC().instant();
        TextTable table = new TextTable(
                "USE", "STATUS", "KIND", "ATTEMPT", "CHECKPOINT", "AGE", "SIZE", "FLINK", "PATH");
        LiveLineage lineage = LiveLineage.of(record);
        for (LedgerEntry entry : entries) {
            StatePointer pointer = entry.pointer();
            table.row(
                    use(record, pointer),
                    word(lineage.standing(entry).name()),
                    word(pointer.kind().name()),
                    String.valueOf(pointer.attempt()),
                    pointer.checkpointId() < 0 ? "-" : String.valueOf(pointer.checkpointId()),
                    Ages.of(pointer.completedAt(), now),
                    StateSizes.text(StateSizes.of(pointer.path())),
                    pointer.flinkVersion(),
                    pointer.path());
        }
        return table;
    }

    private static String json(Optional<JobRecord> record, List<LedgerEntry> entries) {
        List<Map<String, Object>> rows = new ArrayList<>();
        LiveLineage lineage = LiveLineage.of(record);
        for (LedgerEntry entry : entries) {
            StatePointer pointer = entry.pointer();
            StateSizes.Size size = StateSizes.of(pointer.path());
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("use", use(record, pointer));
            row.put("status", word(lineage.standing(entry).name()));
            row.put("kind", word(pointer.kind().name()));
            row.put("attempt", pointer.attempt());
            row.put("jobId", pointer.job().hex());
            row.put("checkpoint", pointer.checkpointId());
            row.put("completedAt", pointer.completedAt().toString());
            row.put("onStorage", word(size.presence().name()));
            size.bytes().ifPresent(bytes -> row.put("bytes", bytes));
            row.put("flinkVersion", pointer.flinkVersion());
            row.put("path", pointer.path());
            row.put("seen", entry.cause());
            row.put("seenAt", entry.at().toString());
            rows.add(row);
        }
        return JsonDocument.of("states", rows);
    }

    /** What the job's record does with the pointer. */
    private static String use(Optional<JobRecord> record, StatePointer pointer) {
        boolean isNext = record.flatMap(JobRecord::newestState)
                .filter(newest -> newest.path().equals(pointer.path()))
                .isPresent();
        if (isNext) {
            return "newest";
        }
        boolean isStart = record.flatMap(JobRecord::startedFrom)
                .filter(from -> from instanceof RestoreFrom.State state
                        && state.pointer().path().equals(pointer.path()))
                .isPresent();
        if (isStart) {
            return "started from";
        }
        boolean isKept = record.stream()
                .flatMap(known -> known.lineage().stream())
                .anyMatch(known -> known.path().equals(pointer.path()));
        return isKept ? "lineage" : "-";
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
