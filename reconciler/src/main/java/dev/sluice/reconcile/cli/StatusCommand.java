// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.reconcile.service.Remembered;
import dev.sluice.reconcile.text.Ages;
import dev.sluice.reconcile.text.TextTable;
import dev.sluice.spec.CommitId;
import dev.sluice.web.api.JobJson;
import dev.sluice.web.view.EnvironmentPage;
import dev.sluice.web.view.FleetRow;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice status}: the fleet table, from the journal. */
@Command(
        name = "status",
        description = "Show every job of the environment, as the journal knows it.",
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    @Mixin
    private OutputOption output;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = command.commandLine().getOut();
        try (Remembered memory = Remembered.open(config.read())) {
            List<FleetRow> rows = memory.view().fleet();
            if (output.isJson()) {
                out.println(JobJson.fleet(rows));
                return ExitCode.DONE;
            }
            EnvironmentPage environment = memory.view().environment();
            out.println(environment.environment() + " at "
                    + environment.source().commit().map(CommitId::brief).orElse("no commit yet")
                    + " " + environment.source().subject());
            out.print(table(rows, Clock.systemUTC().instant()));
            for (FleetRow row : rows) {
                row.holds()
                        .forEach(hold -> out.println(
                                row.key().display() + ": " + hold.reason() + ": " + hold.text()));
            }
            out.flush();
            return ExitCode.DONE;
        }
    }

    private static TextTable table(List<FleetRow> rows, Instant now) {
        TextTable table = new TextTable(
                "JOB", "SYNC", "HEALTH", "PHASE", "REASON", "FLINK", "CLUSTER", "ATTEMPT", "COMMIT",
                "STATE");
        for (FleetRow row : rows) {
            table.row(
                    row.key().display(),
                    row.status().sync().word(),
                    row.status().health().word(),
                    row.status().phase(),
                    row.status().reason().name(),
                    row.target().map(FleetRow.Target::flinkVersion).orElse("-"),
                    row.target().map(FleetRow.Target::cluster).orElse("-"),
                    String.valueOf(row.attempt().number()),
                    row.revision().running().map(CommitId::brief).orElse("-"),
                    row.state().map(state -> Ages.of(state.completedAt(), now)).orElse("-"));
        }
        return table;
    }
}
