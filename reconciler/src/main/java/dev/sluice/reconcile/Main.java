// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. Data goes to standard output, everything else to standard error. */
@Command(
        name = "sluice",
        description = "GitOps for Apache Flink.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        subcommands = VersionCommand.class)
public final class Main {
    private Main() {}

    /** Runs the command named by the arguments and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
