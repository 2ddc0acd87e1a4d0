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
