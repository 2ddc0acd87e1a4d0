// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.bind;

import dev.sluice.spec.Digest;
import dev.sluice.spec.Program;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what a job runs; the reader has put text and digests of the files beside their names. */
final class ProgramBinder {
    private final Fields job;

    ProgramBinder(Fields job) {
        this.job = job;
    }

    Optional<Program> bind() {
        List<String> present =
                Stream.of("sql", "jar", "python").filter(job::isMentioned).toList();
        if (present.size() != 1) {
            String found = present.isEmpty() ? "none" : String.join(" and ", present);
            job.error(
                    "program",
                    present.isEmpty() ? "" : present.get(1),
                    "expected exactly one of sql, jar and python, found " + found,
                    present.isEmpty()
                            ? "add 'sql: {file: job.sql}'"
                            : "keep one; an overlay deletes the other with null");
            return Optional.empty();
        }
        Fields program = job.below(present.get(0));
        return switch (present.get(0)) {
            case "sql" -> sql(program);
            case "jar" -> jar(program);
            default -> python(program);
        };
    }

    /** Without the text, the reader has said already why the file cannot be used. */
    private static Optional<Program> sql(Fields sql) {
        Optional<String> file = sql.required("file", "add 'file: job.sql'");
        return file.flatMap(name -> sql.text("text").map(text -> new Program.Sql(name, text)));
    }

    private Optional<Program> jar(Fields jar) {
        Optional<String> artifact =
                jar.required("artifact", "add 'artifact: \"group:artifact:version\"'");
        return artifact.map(coordinate -> new Program.Jar(
                JobBinder.artifact(job, coordinate), jar.text("mainClass"), jar.list("args")));
    }

    private static Optional<Program> python(Fields python) {
        Optional<String> file = python.required("file", "add 'file: job.py'");
        return file.flatMap(name -> python.text("sha256")
                .map(sha -> new Program.Python(name, new Digest(sha), python.list("args"))));
    }
}
