// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.reconcile.text.TextTable;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.layer.Origin;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.JobSpecText;
import dev.sluice.spec.read.SpecReader;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--explain",
            description = "For each value: the file and line it comes from, and what it overrode.")
    private boolean explain;

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
                .forEach(job -> print(reading, job, out));
        out.flush();
        if (reading.hasErrors() && wanted.isEmpty()) {
            reading.findings().forEach(err::println);
            return ExitCode.INPUT_WRONG;
        }
        return ExitCode.DONE;
    }

    private void print(CommitReading reading, EffectiveJob job, PrintWriter out) {
        if (!explain) {
            out.println(JobSpecText.write(job.spec()));
            return;
        }
        out.println(job.key().display());
        TextTable table = new TextTable("FIELD", "VALUE", "FROM", "LAYER", "OVERRODE");
        SpecReader.explain(reading, job.key())
                .ifPresent(explanation -> explanation
                        .origins()
                        .forEach((pointer, origin) -> table.row(
                                pointer,
                                origin.written(),
                                origin.at().toString(),
                                origin.level().words(),
                                origin.overrode().map(RenderCommand::brief).orElse("-"))));
        out.print(table);
    }

    private static String brief(Origin origin) {
        return origin.written() + " at " + origin.at();
    }

    private static Optional<EffectiveJob> find(CommitReading reading, String name) {
        return reading.jobs().values().stream()
                .filter(job -> job.key().display().equals(name))
                .findFirst();
    }
}
