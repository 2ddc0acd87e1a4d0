// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.plan.Hold;
import dev.sluice.reconcile.service.Remembered;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobId;
import dev.sluice.spec.Ownership;
import dev.sluice.web.api.JobJson;
import dev.sluice.web.view.FleetRow;
import dev.sluice.web.view.JobPage;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice describe TEAM/NAME}: one job in full. */
@Command(
        name = "describe",
        description = "Show one job in full: status, holds, state, specification.",
        mixinStandardHelpOptions = true)
public final class DescribeCommand implements Callable<Integer> {
    /** As many of the newest steps are shown; {@code sluice history} has the others. */
    private static final int STEPS = 20;

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
            if (output.isJson()) {
                out.println(JobJson.job(page));
            } else {
                print(page, out);
            }
            return ExitCode.DONE;
        }
    }

    private static void print(JobPage page, PrintWriter out) {
        FleetRow row = page.row();
        line(out, "Job", row.key().display());
        line(out, "Owner", row.ownership().map(Ownership::owner).orElse("-"));
        line(
                out,
                "Status",
                row.status().sync().word() + ", " + row.status().health().word()
                        + " (" + row.status().phase() + ", " + row.status().reason() + ", since "
                        + row.status().since() + ")");
        line(out, "Running", row.revision().running().map(CommitId::hash).orElse("-"));
        line(out, "Desired", row.revision().desired().map(CommitId::hash).orElse("-"));
        line(
                out,
                "Attempt",
                row.attempt().number() + " "
                        + row.attempt().id().map(JobId::hex).orElse(""));
        line(out, "State", row.state().map(state -> state.path()).orElse("-"));
        for (Hold hold : row.holds()) {
            line(out, "Hold", hold.reason() + ": " + hold.text());
        }
        page.commits()
                .forEach(commit -> line(
                        out,
                        "Commit",
                        commit.id().brief() + " by " + commit.author() + ": " + commit.subject()));
        page.exception().ifPresent(cause -> line(out, "Exception", cause));
        page.errors().forEach(error -> line(out, "Finding", error.toString()));
        page.ledger()
                .forEach(entry -> line(
                        out,
                        "Ledger",
                        entry.standing().word() + " " + entry.pointer().kind() + " attempt "
                                + entry.pointer().attempt() + " "
                                + entry.pointer().completedAt() + " "
                                + entry.pointer().path()));
        if (!page.timeline().isEmpty()) {
            out.println();
            out.print(StepWords.table(page.timeline().stream().limit(STEPS).toList()));
        }
        page.definition().ifPresent(definition -> {
            out.println();
            out.println(definition.spec());
        });
    }

    private static void line(PrintWriter out, String title, String text) {
        out.println((title + ":" + " ".repeat(11)).substring(0, 11) + text);
    }
}
