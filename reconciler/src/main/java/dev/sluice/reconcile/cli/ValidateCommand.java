// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.spec.SpecError;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.report.FindingFormat;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice validate}: every mistake of a job repository at once. */
@Command(
        name = "validate",
        description = "Check a job repository and name every mistake, with file, line and column.",
        mixinStandardHelpOptions = true)
public final class ValidateCommand implements Callable<Integer> {
    @Mixin
    private RepositoryOptions repository;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json, sarif, junit, github or codequality (default: text).")
    private String format;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        FindingFormat wanted = FindingFormat.of(format)
                .orElseThrow(
                        () -> new CommandLine.ParameterException(
                                command.commandLine(),
                                "no format " + format
                                        + "; the formats are text, json, sarif, junit, github, codequality"));
        CommitReading reading = repository.read();
        PrintWriter out = command.commandLine().getOut();
        out.print(wanted.write(reading.findings()));
        out.flush();
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
