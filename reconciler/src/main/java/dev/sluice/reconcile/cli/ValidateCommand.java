// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.spec.SpecError;
import dev.sluice.spec.read.CommitReading;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice validate}: every mistake of a job repository at once. */
@Command(
        name = "validate",
        description = "Check a job repository and name every mistake, with file, line and column.",
        mixinStandardHelpOptions = true)
public final class ValidateCommand implements Callable<Integer> {
    @Mixin
    private RepositoryOptions repository;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        CommitReading reading = repository.read();
        PrintWriter out = command.commandLine().getOut();
        reading.findings().forEach(out::println);
        long errors = reading.findings().stream().filter(SpecError::isError).count();
        long warnings = reading.findings().size() - errors;
        command.commandLine()
                .getErr()
                .println("sluice: " + reading.jobs().size() + " jobs valid, "
                        + reading.invalid().size() + " held back, " + errors + " errors, "
                        + warnings + " warnings");
        return errors == 0 ? ExitCode.DONE : ExitCode.INPUT_WRONG;
    }
}
