// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.report.RenderReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice render}: the effective specification of jobs, and where each value comes from. */
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

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private RenderFormat format;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        CommitReading reading = repository.read();
        List<String> valid =
                reading.jobs().keySet().stream().map(key -> key.display()).toList();
        wanted.stream().filter(name -> !valid.contains(name)).findFirst().ifPresent(name -> {
            throw new InputWrong("no valid job " + name + "; sluice validate says why");
        });
        List<EffectiveJob> jobs = reading.jobs().values().stream()
                .filter(job -> wanted.isEmpty() || wanted.contains(job.key().display()))
                .toList();
        List<SpecError> findings = reading.findings().stream()
                .filter(finding -> wanted.isEmpty() || isAbout(finding, jobs))
                .toList();
        PrintWriter out = command.commandLine().getOut();
        out.print(format.print(new RenderReport(reading, jobs, findings), explain));
        out.flush();
        boolean hasErrors = findings.stream().anyMatch(SpecError::isError);
        if (hasErrors && format.leavesFindingsOut()) {
            findings.forEach(command.commandLine().getErr()::println);
        }
        return hasErrors ? ExitCode.INPUT_WRONG : ExitCode.DONE;
    }

    private static boolean isAbout(SpecError finding, List<EffectiveJob> jobs) {
        return finding.job()
                .filter(name ->
                        jobs.stream().anyMatch(job -> job.key().display().equals(name)))
                .isPresent();
    }
}
