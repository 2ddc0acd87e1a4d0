// SPDX-License-Identifier: Apache-2.0
package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterpreterTest {
    private final Recording recording = new Recording();

    @Test
    void whatIsWrongOnlyAtTheStartIsPlacedAtTheInsertThatFailsByItself() {
        SqlTarget target = new SqlTarget() {
            @Override
            public void set(String key, String value) {}

            @Override
            public void define(String statement) {}

            @Override
            public void insert(String statement) {}

            @Override
            public void look(String statement) {
                if (statement.contains("broken")) {
                    throw new IllegalStateException("no such connector");
                }
            }
        };
        Interpreter interpreter = new Interpreter(target);
        interpreter.run("INSERT INTO good SELECT 1;\n  INSERT INTO broken SELECT 1;");
        Runnable job = () -> {
            throw new IllegalStateException("the job");
        };

        ScriptFailure failure = assertThrows(ScriptFailure.class, () -> interpreter.start(job));

        assertEquals("script:2:3: statement 2: no such connector", failure.getMessage());
    }

    @Test
    void allInsertsJoinOneJob() {
        run(
                "CREATE TABLE a (x INT);\nINSERT INTO a SELECT 1;\nCREATE VIEW v AS SELECT 2;\ninsert into a select 2;");

        assertEquals(
                List.of(
                        "define CREATE TABLE a (x INT)",
                        "insert INSERT INTO a SELECT 1",
                        "define CREATE VIEW v AS SELECT 2",
                        "insert insert into a select 2"),
                recording.calls);
    }

    @Test
    void aStatementSetIsOpenedInBothSpellings() {
        run(
                "EXECUTE STATEMENT SET BEGIN\n INSERT INTO a SELECT CASE WHEN x THEN 1 END FROM t; INSERT INTO b SELECT 2;\nEND;");
        run("BEGIN STATEMENT SET; INSERT INTO c SELECT 3; END;");

        assertEquals(
                List.of(
                        "insert INSERT INTO a SELECT CASE WHEN x THEN 1 END FROM t",
                        "insert INSERT INTO b SELECT 2",
                        "insert INSERT INTO c SELECT 3"),
                recording.calls);
    }

    @Test
    void settingsAreUnquoted() {
        run("SET 'pipeline.name' = 'it''s; -- a name';INSERT INTO a SELECT 1");

        assertEquals("set pipeline.name=it's; -- a name", recording.calls.get(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "CALL f()",
                "EXPLAIN SELECT 1",
                "CREATE TABLE t WITH ('a' = 'b') AS SELECT 1",
                "CREATE OR REPLACE TABLE t AS SELECT 1",
                "RESET 'a'",
                "SET a = b",
                "SET 'execution.checkpointing.dir' = 'file:/elsewhere'",
                "SET 'state.checkpoints.dir' = 'file:/elsewhere'",
                "SET 'execution.checkpointing.externalized-checkpoint-retention' = 'DELETE_ON_CANCELLATION'",
                "SET '$internal.pipeline.job-id' = 'x'",
            })
    void whatStartsASecondJobOrHidesStateIsRefused(String statement) {
        ScriptFailure failure = assertThrows(
                ScriptFailure.class, () -> run("\n  " + statement + ";INSERT INTO a SELECT 1"));

        assertTrue(
                failure.getMessage().startsWith("script:2:3: statement 1: "), failure.getMessage());
        assertEquals(List.of(), recording.calls);
    }

    @Test
    void aComputedColumnIsNoCreateTableAs() {
        run("CREATE TABLE t (a INT, b AS a + 1);INSERT INTO t SELECT 1");

        assertEquals(2, recording.calls.size());
    }

    @Test
    void aSettingAfterAnInsertIsRefused() {
        assertThrows(ScriptFailure.class, () -> run("INSERT INTO a SELECT 1; SET 'a' = 'b'"));
    }

    @Test
    void aScriptWithoutInsertIsRefused() {
        assertThrows(ScriptFailure.class, () -> run("CREATE TABLE a (x INT)"));
    }

    @Test
    void aStatementSetWithoutEndIsRefused() {
        assertThrows(
                ScriptFailure.class,
                () -> run("EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1;"));
    }

    @Test
    void aCheckTellsEveryFailureInTheirOrder() {
        List<ScriptFailure> failures = new Interpreter(recording)
                .check("SELECT 1;\nINSERT INTO a SELECT 1;\n  DROP TABLE a;CALL f()");

        assertEquals(List.of("1:1", "3:16"), places(failures));
        assertEquals("CALL cannot be part of a job's script", failures.get(1).detail());
    }

    @Test
    void theWordsThatAParserWouldHaveTakenAreLeftOut() {
        recording.complaint =
                "Encountered \"x\" at line 1, column 8.\nWas expecting one of:\n  A\n  B";

        List<ScriptFailure> failures = new Interpreter(recording).check("INSERT INTO x");

        assertEquals("Encountered \"x\" at line 1, column 8.", failures.get(0).detail());
    }

    private static List<String> places(List<ScriptFailure> failures) {
        return failures.stream()
                .map(failure -> failure.line() + ":" + failure.column())
                .toList();
    }

    @Test
    void positionsInFlinksMessageBecomePositionsOfTheScript() {
        recording.complaint = "Encountered \"src\" at line 1, column 58.\nFrom line 2, column 3 on";

        ScriptFailure failure = assertThrows(
                ScriptFailure.class,
                () -> run("-- head\n  EXECUTE STATEMENT SET BEGIN INSERT INTO a; END"));

        assertEquals(
                "script:2:88: statement 1: Encountered \"src\" at line 2, column 88.\nFrom line 3, column 3 on",
                failure.getMessage());
    }

    private void run(String script) {
        new Interpreter(recording).run(script);
    }

    private static final class Recording implements SqlTarget {
        private final List<String> calls = new ArrayList<>();
        private String complaint = "";

        @Override
        public void set(String key, String value) {
            calls.add("set " + key + "=" + value);
        }

        @Override
        public void define(String statement) {
            calls.add("define " + statement);
        }

        @Override
        public void insert(String statement) {
            if (!complaint.isEmpty()) {
                throw new IllegalStateException("outer", new IllegalArgumentException(complaint));
            }
            calls.add("insert " + statement);
        }
    }
}
