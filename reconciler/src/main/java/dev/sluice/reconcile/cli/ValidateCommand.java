// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.drive.artifacts.Progress;
import dev.sluice.reconcile.service.Installation;
import dev.sluice.reconcile.sql.SqlCheck;
import dev.sluice.reconcile.text.DownloadLine;
import dev.sluice.reconcile.text.ReadingLine;
import dev.sluice.spec.Program;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.Tree;
import dev.sluice.spec.report.FindingFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.TreeMap;
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

    @Option(
            names = "--no-sql",
            description = "Do not let Flink read the SQL; otherwise each job's version does, and is"
                    + " downloaded where it is not there yet.")
    private boolean noSql;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException, InterruptedException {
        FindingFormat wanted = FindingFormat.of(format)
                .orElseThrow(
                        () -> new CommandLine.ParameterException(
                                command.commandLine(),
                                "no format " + format
                                        + "; the formats are text, json, sarif, junit, github, codequality"));
        Tree tree = repository.tree();
        CommitReading reading = repository.read(tree);
        SqlCheck.Result sql = sql(tree, reading);
        Findings findings = new Findings();
        findings.addAll(reading.findings());
        findings.addAll(sql.findings());
        PrintWriter out = command.commandLine().getOut();
        out.print(wanted.write(findings.toList()));
        out.flush();
        return summary(reading, sql, findings.toList());
    }

    /** Left out only when asked to: whoever relies on this command relies on SQL being read. */
    private SqlCheck.Result sql(Tree tree, CommitReading reading)
            throws IOException, InterruptedException {
        boolean hasSql = reading.jobs().values().stream()
                .anyMatch(job -> job.spec().program() instanceof Program.Sql);
        if (noSql || !hasSql) {
            return new SqlCheck.Result(List.of(), new TreeMap<>());
        }
        Installation installation = Installation.own();
        PrintWriter err = command.commandLine().getErr();
        boolean isTerminal = System.console() != null;
        Progress progress = new DownloadLine(err, isTerminal);
        return new SqlCheck(
                        installation.flinkHomes(),
                        installation.workers(),
                        installation.cache().resolve("sql"),
                        progress,
                        new ReadingLine(err, isTerminal))
                .check(tree, reading);
    }

    private int summary(CommitReading reading, SqlCheck.Result sql, List<SpecError> findings) {
        long errors = findings.stream().filter(SpecError::isError).count();
        long broken = sql.findings().stream()
                .flatMap(finding -> finding.job().stream())
                .distinct()
                .count();
        PrintWriter err = command.commandLine().getErr();
        err.println("sluice: " + (reading.jobs().size() - broken) + " jobs valid, "
                + (reading.invalid().size() + broken) + " held back, " + errors + " errors, "
                + (findings.size() - errors) + " warnings" + (noSql ? ", SQL not read" : ""));
        sql.unread()
                .forEach((version, why) -> err.println("sluice: the SQL of jobs on Flink " + version
                        + " was not read: " + why + "; --no-sql validates all but that"));
        if (errors > 0) {
            return ExitCode.INPUT_WRONG;
        }
        return sql.unread().isEmpty() ? ExitCode.DONE : ExitCode.WORLD_FAILED;
    }
}
