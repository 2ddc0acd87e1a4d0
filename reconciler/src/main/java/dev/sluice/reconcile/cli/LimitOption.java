// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --limit}, for commands that show the newest of many rows. */
final class LimitOption {
    private int limit;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "NUMBER",
            defaultValue = "50",
            description = "How many at most (default: ${DEFAULT-VALUE}).")
    private void limit(int number) {
        if (number < 1) {
            throw new ParameterException(
                    command.commandLine(), "expected a number above 0, found " + number);
        }
        limit = number;
    }

    int rows() {
        return limit;
    }
}
