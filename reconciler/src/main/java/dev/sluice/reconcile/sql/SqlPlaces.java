// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.sql;

import dev.sluice.drive.isolation.SqlProblem;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.Program;
import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.SpecError.Severity;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.SpecReader;
import dev.sluice.spec.read.Tree;
import dev.sluice.spec.yaml.SourceText;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says a problem of an effective script as a finding in the file that a person wrote. */
public final class SqlPlaces {
    /** What the reader of the specification took as well, so nothing is cut off here. */
    private static final int LARGEST_SCRIPT = 1024 * 1024;

    private final Tree tree;
    private final CommitReading reading;

    /** @param reading of this tree */
    public SqlPlaces(Tree tree, CommitReading reading) {
        this.tree = tree;
        this.reading = reading;
    }

    /**
     * What Flink said of a job's effective script, with the place in the file that a person wrote; the
     * same text when it names no place of that script.
     *
     * @param tree the commit of the job
     * @param told begins with file, line and column of the effective script
     */
    public static String written(Tree tree, EffectiveJob job, String told) {
        if (!(job.spec().program() instanceof Program.Sql sql)) {
            return told;
        }
        Matcher place = Pattern.compile("(?s)" + Pattern.quote(sql.file()) + ":(\\d+):(\\d+)(: .*)")
                .matcher(told);
        if (!place.matches()) {
            return told;
        }
        Tree one = new OneJob(tree, job.file());
        CommitReading reading =
                new SpecReader().read(one, job.key().environment(), Optional.empty());
        SqlProblem problem = new SqlProblem(
                Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)), told);
        SourceLocation found = new SqlPlaces(one, reading).place(job, sql, problem);
        return found.file() + ":" + found.line() + ":" + found.column() + place.group(3);
    }

    /** A mistake of a job's script that its Flink has found. */
    public SpecError finding(EffectiveJob job, Program.Sql sql, SqlProblem problem) {
        return new SpecError(
                Severity.ERROR,
                "sql-statement",
                place(job, sql, problem),
                Optional.of(job.key().display()),
                "",
                "Flink " + job.spec().flink().version() + " does not take this: "
                        + problem.message().strip().replaceAll("\\s*\\R\\s*", " "),
                "correct the statement");
    }

    private SourceLocation place(EffectiveJob job, Program.Sql sql, SqlProblem problem) {
        SourceLocation effective = new SourceLocation(sql.file(), problem.line(), problem.column());
        return SpecReader.sqlMap(reading, job)
                .flatMap(map -> source(sql.file())
                        .map(source -> map.at(
                                problem.line(), problem.column(), sql.text(), sql.file(), source)))
                .orElse(effective);
    }

    private Optional<String> source(String file) {
        return SourceText.decode(file, tree.read(file, LARGEST_SCRIPT), new Findings());
    }
}
