// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.artifacts.FlinkHome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a process of the right Flink version says of scripts, with no connector at hand. */
abstract class Parsing {
    private static final String KAFKA =
            "CREATE TABLE src (id BIGINT, name STRING) WITH ('connector' = 'kafka');\n"
                    + "CREATE TABLE snk (id BIGINT) WITH ('connector' = 'kafka');\n";

    private final FlinkHome home;
    private final FlinkWorkers workers;

    Parsing(String version) throws Exception {
        home = Homes.of(version);
        workers = new FlinkWorkers(Homes.settings());
    }

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void aScriptWhoseConnectorsAndFunctionsAreElsewhereIsRight() throws Exception {
        List<SqlProblem> problems = workers.parse(
                home,
                "SET 'pipeline.max-parallelism' = '64'; -- a comment; with a semicolon\n"
                        + KAFKA
                        + "CREATE TEMPORARY FUNCTION tax AS 'com.acme.Tax';\n"
                        + "CREATE CATALOG lake WITH ('type' = 'paimon');\n"
                        + "USE CATALOG lake;\n"
                        + "CREATE VIEW v AS SELECT tax(price) AS p FROM orders;\n"
                        + "EXECUTE STATEMENT SET BEGIN\n"
                        + "INSERT INTO a SELECT p FROM v WHERE x = 'a;b';\n"
                        + "INSERT INTO b SELECT p FROM v;\nEND;\n");

        assertEquals(List.of(), problems);
    }

    @Test
    void everyBrokenStatementIsToldWithItsPlace() throws Exception {
        List<SqlProblem> problems = workers.parse(
                home,
                KAFKA + "INSERT INTO snk SELECT id\n   FORM src;\n"
                        + "  INSERT INTO snk SELEC 1;\nINSERT INTO snk SELECT id FROM src;");

        assertEquals(2, problems.size(), problems::toString);
        assertEquals(4, problems.get(0).line());
        assertEquals(9, problems.get(0).column());
        assertEquals(5, problems.get(1).line());
        assertEquals(3, problems.get(1).column());
        assertEquals("Encountered \"src\".", problems.get(0).message());
    }

    @Test
    void aColumnThatNoTableOfTheScriptHasIsAMistake() throws Exception {
        List<SqlProblem> problems =
                workers.parse(home, KAFKA + "INSERT INTO snk SELECT\n  nope FROM src;");

        assertEquals(1, problems.size(), problems::toString);
        assertEquals(4, problems.get(0).line());
        assertEquals(3, problems.get(0).column());
        assertEquals("Column 'nope' not found in any table", problems.get(0).message());
    }

    @Test
    void whatTheRunnerRefusesIsToldToo() throws Exception {
        List<SqlProblem> problems = workers.parse(home, KAFKA + "SELECT * FROM src;");

        assertEquals(3, problems.get(0).line());
    }

    @Test
    void namesOfAScriptAreForgottenAfterIt() throws Exception {
        workers.parse(home, KAFKA + "INSERT INTO snk SELECT id FROM src;");

        List<SqlProblem> problems = workers.parse(
                home,
                "CREATE TABLE snk (id BIGINT) WITH ('connector' = 'kafka');"
                        + "INSERT INTO snk SELECT id FROM src;");

        assertTrue(problems.get(0).message().contains("src"), problems::toString);
    }

    @Test
    void aProcessThatWasKilledIsReplaced() throws Exception {
        workers.parse(home, KAFKA);
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);

        assertEquals(List.of(), workers.parse(home, KAFKA + "INSERT INTO snk SELECT id FROM src;"));
        assertEquals(1, workers.alive());
    }

    @Test
    void aProcessThatNobodyAsksAnythingEndsUntilTheNextQuestion() throws Exception {
        try (FlinkWorkers hasty =
                new FlinkWorkers(Homes.settings().withIdle(Duration.ofMillis(300)))) {
            hasty.parse(home, KAFKA);
            for (ProcessHandle process : ProcessHandle.current().children().toList()) {
                process.onExit().get(1, TimeUnit.MINUTES);
            }

            assertEquals(0, hasty.alive());
            assertEquals(
                    List.of(), hasty.parse(home, KAFKA + "INSERT INTO snk SELECT id FROM src;"));
        }
    }

    @Test
    void aScriptNestedTooDeepDoesNotEndTheProcess() throws Exception {
        String deep = KAFKA + "INSERT INTO snk SELECT " + "(".repeat(50_000) + "1";

        List<SqlProblem> problems = workers.parse(home, deep);

        assertEquals(1, problems.size(), problems::toString);
        assertEquals(1, workers.alive());
    }
}
