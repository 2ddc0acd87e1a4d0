// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.JobSpecText;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice render}: the effective specification of jobs, a line of JSON each. */
@Command(
        name = "render",
        description =
                "Print the effective specification of jobs: layers merged, variables filled in.",
        mixinStandardHelpOptions = true)
public final class RenderCommand implements Callable<Integer> {
    @Mixin
    private RepositoryOptions repository;

    @Parameters(
            paramLabel = "TEAM/NAME",
            arity = "0..*",
            description = "The jobs to print (default: all).")
    private List<String> wanted = List.of();

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        CommitReading reading = repository.read();
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        for (String name : wanted) {
            if (find(reading, name).isEmpty()) {
                throw new InputWrong("no valid job " + name + "; sluice validate says why");
            }
        }
        reading.jobs().values().stream()
                .filter(job -> wanted.isEmpty() || wanted.contains(job.key().display()))
                .forEach(job -> out.println(JobSpecText.write(job.spec())));
        if (reading.hasErrors() && wanted.isEmpty()) {
            reading.findings().forEach(err::println);
            return ExitCode.INPUT_WRONG;
        }
        return ExitCode.DONE;
    }

    private static Optional<EffectiveJob> find(CommitReading reading, String name) {
        return reading.jobs().values().stream()
                .filter(job -> job.key().display().equals(name))
                .findFirst();
    }
}
