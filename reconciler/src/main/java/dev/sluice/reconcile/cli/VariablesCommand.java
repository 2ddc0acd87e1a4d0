// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.reconcile.text.TextTable;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.finding.NearestName;
import dev.sluice.spec.read.CommitReading;
import java.io.PrintWriter;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice variables}: which jobs use which variable, for whoever wants to change one. */
@Command(
        name = "variables",
        description = "Show which jobs use which variable.",
        mixinStandardHelpOptions = true)
public final class VariablesCommand implements Callable<Integer> {
    @Mixin
    private RepositoryOptions repository;

    @Option(
            names = "--used-by",
            paramLabel = "VARIABLE",
            defaultValue = "",
            description = "Only the jobs that use this variable, one a line.")
    private String variable;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        CommitReading reading = repository.read();
        PrintWriter out = command.commandLine().getOut();
        SortedMap<String, SortedSet<JobKey>> users =
                new TreeMap<>(reading.usage().variables());
        if (variable.isEmpty()) {
            TextTable table = new TextTable("VARIABLE", "JOBS");
            users.forEach((name, jobs) -> table.row(name, names(jobs, ", ")));
            out.print(table);
        } else {
            SortedSet<JobKey> jobs = users.getOrDefault(variable, new TreeSet<>());
            if (jobs.isEmpty()) {
                throw new InputWrong("no job uses a variable '" + variable + "'"
                        + NearestName.of(variable, users.keySet())
                                .map(near -> "; did you mean '" + near + "'?")
                                .orElse("; sluice variables without --used-by lists all"));
            }
            out.println(names(jobs, "\n"));
        }
        out.flush();
        return ExitCode.DONE;
    }

    private static String names(SortedSet<JobKey> jobs, String separator) {
        return jobs.stream().map(JobKey::display).collect(Collectors.joining(separator));
    }
}
