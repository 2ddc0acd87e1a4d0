// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the version of the program. */
@Command(name = "version", description = "Print the version.")
final class VersionCommand implements Runnable {
    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        command.commandLine().getOut().println(new ProgramVersion().getVersion()[0]);
    }
}
