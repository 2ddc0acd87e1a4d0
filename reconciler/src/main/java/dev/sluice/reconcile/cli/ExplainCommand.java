// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.reconcile.explain.ExplanationJson;
import dev.sluice.reconcile.explain.ExplanationText;
import dev.sluice.reconcile.explain.JobExplanation;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.Tree;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice explain}: how Flink would run a job, without running it. */
@Command(
        name = "explain",
        description =
                "Show how Flink would run jobs: effective SQL, its plan, and the operators with"
                        + " the ids of their state. Runs the jobs' own code in a process of its own.",
        mixinStandardHelpOptions = true)
public final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private RepositoryOptions repository;

    @Mixin
    private OutputOption output;

    @Option(
            names = "--network",
            description = "Let the jobs' code use the network, such as to ask catalogs.")
    private boolean hasNetwork;

    @Parameters(paramLabel = "TEAM/NAME", arity = "1..*", description = "The jobs to explain.")
    private List<String> wanted;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Tree tree = repository.tree();
        CommitReading reading = repository.read(tree);
        List<String> valid =
                reading.jobs().keySet().stream().map(key -> key.display()).toList();
        wanted.stream().filter(name -> !valid.contains(name)).findFirst().ifPresent(name -> {
            throw new InputWrong("no valid job " + name + "; sluice validate says why");
        });
        List<JobExplanation> explained = new Explaining(command.commandLine().getErr(), hasNetwork)
                .of(tree, reading, job -> wanted.contains(job.key().display()));
        PrintWriter out = command.commandLine().getOut();
        if (output.isJson()) {
            out.println(ExplanationJson.of(explained));
        } else {
            explained.forEach(job -> out.print(ExplanationText.of(job)));
        }
        out.flush();
        return Explaining.exitCode(explained);
    }
}
