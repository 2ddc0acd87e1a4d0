// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile;

import dev.sluice.reconcile.cli.AdoptCommand;
import dev.sluice.reconcile.cli.DemoCommand;
import dev.sluice.reconcile.cli.DescribeCommand;
import dev.sluice.reconcile.cli.DoctorCommand;
import dev.sluice.reconcile.cli.Errors;
import dev.sluice.reconcile.cli.EventsCommand;
import dev.sluice.reconcile.cli.ExplainCommand;
import dev.sluice.reconcile.cli.HistoryCommand;
import dev.sluice.reconcile.cli.JournalCommand;
import dev.sluice.reconcile.cli.LocalCommand;
import dev.sluice.reconcile.cli.LockCommand;
import dev.sluice.reconcile.cli.LogsCommand;
import dev.sluice.reconcile.cli.PlanCommand;
import dev.sluice.reconcile.cli.RenderCommand;
import dev.sluice.reconcile.cli.ReplayCommand;
import dev.sluice.reconcile.cli.RunCommand;
import dev.sluice.reconcile.cli.SchemaCommand;
import dev.sluice.reconcile.cli.StatesCommand;
import dev.sluice.reconcile.cli.StatusCommand;
import dev.sluice.reconcile.cli.ValidateCommand;
import dev.sluice.reconcile.cli.VariablesCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. Data goes to standard output, everything else to standard error. */
@Command(
        name = "sluice",
        description = "GitOps for Apache Flink.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        subcommands = {
            AdoptCommand.class,
            DemoCommand.class,
            DescribeCommand.class,
            DoctorCommand.class,
            EventsCommand.class,
            ExplainCommand.class,
            HistoryCommand.class,
            LocalCommand.class,
            LockCommand.class,
            LogsCommand.class,
            JournalCommand.class,
            PlanCommand.class,
            RenderCommand.class,
            ReplayCommand.class,
            RunCommand.class,
            SchemaCommand.class,
            StatesCommand.class,
            StatusCommand.class,
            ValidateCommand.class,
            VariablesCommand.class,
            VersionCommand.class
        })
public final class Main {
    private Main() {}

    /** Runs the command named by the arguments and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line with everything that decides about exit codes. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler(new Errors())
                .setParameterExceptionHandler(Errors::wrongUsage);
    }
}
