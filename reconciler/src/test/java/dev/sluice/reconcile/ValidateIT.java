// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.reconcile.loop.JobFiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code sluice validate} with the Flink versions of the jobs reading their SQL. */
class ValidateIT {
    private static final String TABLES = """
            -- two tables, of a connector that is not here
            CREATE TABLE src (id BIGINT, region STRING) WITH ('connector' = 'kafka', 'topic' = '${topic}');
            CREATE TABLE snk (id BIGINT) WITH ('connector' = 'kafka');
            """;

    @TempDir
    Path repo;

    private final TreeMap<String, String> files = new TreeMap<>();

    /** What a command left. */
    private record Ran(int code, String out, String err) {}

    @BeforeEach
    void prepare() {
        JobFiles.root(files);
        files.put("environments/test/variables.yaml", """
                apiVersion: sluice/v1
                kind: Variables
                variables:
                  topic: a-topic-whose-name-is-longer-than-its-variable
                """);
    }

    @Test
    void sqlThatFlinkTakesIsValidWithoutItsConnectors() throws Exception {
        JobFiles.job(files, "orders", TABLES + "INSERT INTO snk SELECT id FROM src;");

        Ran ran = run("text");

        assertEquals(
                new Ran(0, "", "sluice: 1 jobs valid, 0 held back, 0 errors, 0 warnings\n"), ran);
    }

    @Test
    void everyBrokenStatementOfEveryVersionIsToldWithItsPlaceInTheFile() throws Exception {
        JobFiles.job(
                files,
                "orders",
                TABLES + "INSERT INTO snk SELECT id /* of ${topic} */ FORM src;\n"
                        + "INSERT INTO snk SELECT '${topic}', nope FROM src;");
        JobFiles.job(files, "clicks", TABLES + "INSERT INTO snk\n  SELEC id FROM src;");
        files.computeIfPresent(
                JobFiles.yaml("clicks"), (path, text) -> text.replace("\"1.20\"", "\"2.2\""));

        Ran ran = run("text");

        assertEquals(1, ran.code());
        assertEquals(
                List.of(
                        "jobs/shop/clicks/job.sql:4:1",
                        "jobs/shop/orders/job.sql:4:50",
                        "jobs/shop/orders/job.sql:5:36"),
                ran.out().lines().map(line -> line.split(": ")[0]).toList(),
                ran::out);
        assertTrue(ran.out().contains("Column 'nope' not found in any table"), ran::out);
        assertTrue(ran.err().contains("0 jobs valid, 2 held back, 3 errors"), ran::err);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sarif       | \"startLine\":4",
                "json        | \"line\":4",
                "junit       | job.sql:4:",
                "github      | file=jobs/shop/orders/job.sql,line=4,col=32",
                "codequality | \"begin\":4",
            })
    void theMistakeIsInEveryFormat(String format, String words) throws Exception {
        JobFiles.job(files, "orders", TABLES + "INSERT INTO snk SELECT id FORM src;");

        Ran ran = run(format);

        assertEquals(1, ran.code());
        assertTrue(ran.out().replace(" ", "").contains(words.replace(" ", "")), ran::out);
    }

    private Ran run(String format) throws Exception {
        for (var file : files.entrySet()) {
            Path path = repo.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        int code = command.execute("validate", "-C", repo.toString(), "-e", "test", "-o", format);
        return new Ran(code, out.toString(), err.toString());
    }
}
