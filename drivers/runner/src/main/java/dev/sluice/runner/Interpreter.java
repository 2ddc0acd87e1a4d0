// SPDX-License-Identifier: Apache-2.0
package dev.sluice.runner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gives each statement of a script to Flink so that the whole becomes one job.
 *
 * <p>Every INSERT joins one statement set, inside or outside of EXECUTE STATEMENT SET BEGIN ... END.
 * What would start a second job (SELECT, CREATE TABLE AS, CALL, ...) is refused.
 */
public final class Interpreter {
    private static final Set<String> DEFINITIONS = Collections.unmodifiableSet(new HashSet<>(
            Arrays.asList("CREATE", "DROP", "ALTER", "USE", "LOAD", "UNLOAD", "ADD", "REMOVE")));

    private final SqlTarget target;
    private final List<Statement> inserts = new ArrayList<>();
    private boolean isInSet;

    public Interpreter(SqlTarget target) {
        this.target = target;
    }

    /**
     * Runs all statements; the job itself is started by the caller.
     *
     * @throws ScriptFailure of the first statement that cannot be run
     */
    public void run(String script) {
        List<Statement> statements = Script.split(script);
        for (Statement statement : statements) {
            attempt(statement).ifPresent(failure -> {
                throw failure;
            });
        }
        atEnd(statements).ifPresent(failure -> {
            throw failure;
        });
    }

    /** Runs what can be run and tells every failure, in the order of the script. */
    public List<ScriptFailure> check(String script) {
        List<ScriptFailure> failures = new ArrayList<>();
        List<Statement> statements = Script.split(script);
        statements.forEach(statement -> attempt(statement).ifPresent(failures::add));
        if (failures.isEmpty()) {
            atEnd(statements).ifPresent(failures::add);
        }
        return failures;
    }

    /**
     * Starts what the script has made. Much is wrong only then, such as a connector that is missing, and
     * Flink does not say where: the first INSERT that fails by itself is named.
     */
    public void start(Runnable job) {
        try {
            job.run();
        } catch (RuntimeException | LinkageError e) {
            for (Statement insert : inserts) {
                look(insert).ifPresent(failure -> {
                    throw failure;
                });
            }
            throw e;
        }
    }

    private Optional<ScriptFailure> look(Statement insert) {
        try {
            target.look(insert.text());
            return Optional.empty();
        } catch (RuntimeException | LinkageError e) {
            return Optional.of(ScriptFailure.of(insert, e));
        }
    }

    private Optional<ScriptFailure> attempt(Statement statement) {
        try {
            accept(statement);
            return Optional.empty();
        } catch (ScriptFailure e) {
            return Optional.of(e);
        } catch (Exception | LinkageError e) {
            return Optional.of(ScriptFailure.of(statement, e));
        }
    }

    private Optional<ScriptFailure> atEnd(List<Statement> statements) {
        Statement last = statements.isEmpty()
                ? new Statement("", 1, 1, 1)
                : statements.get(statements.size() - 1);
        if (isInSet) {
            return Optional.of(
                    ScriptFailure.of(last, "the statement set is not closed: END is missing"));
        }
        return inserts.isEmpty()
                ? Optional.of(ScriptFailure.of(
                        last, "the script has no INSERT, so there is no job to run"))
                : Optional.empty();
    }

    private void accept(Statement statement) {
        int body = bodyOfSet(statement.text());
        if (body >= 0) {
            open(statement, body);
        } else if (isInSet && statement.text().trim().equalsIgnoreCase("END")) {
            isInSet = false;
        } else if (Words.first(statement.text()).equals("INSERT")) {
            insert(statement);
        } else if (isInSet) {
            throw ScriptFailure.of(statement, "only INSERT may stand between BEGIN and END");
        } else if (Words.first(statement.text()).equals("SET")) {
            set(statement);
        } else {
            define(statement);
        }
    }

    private static int bodyOfSet(String text) {
        int begun = Words.after(text, "EXECUTE", "STATEMENT", "SET", "BEGIN");
        return begun >= 0 ? begun : Words.after(text, "BEGIN", "STATEMENT", "SET");
    }

    private void open(Statement statement, int body) {
        if (isInSet) {
            throw ScriptFailure.of(statement, "a statement set inside of a statement set");
        }
        isInSet = true;
        Statement first = statement.from(body);
        if (!first.text().isEmpty()) {
            accept(first);
        }
    }

    private void insert(Statement statement) {
        try {
            target.insert(statement.text());
        } catch (Exception e) {
            throw ScriptFailure.of(statement, e);
        }
        inserts.add(statement);
    }

    private void set(Statement statement) {
        if (!inserts.isEmpty()) {
            throw ScriptFailure.of(
                    statement,
                    "SET after an INSERT: one script is one job, so settings come first");
        }
        Setting setting = Setting.parse(statement);
        target.set(setting.key(), setting.value());
    }

    private void define(Statement statement) {
        String first = Words.first(statement.text());
        if (!DEFINITIONS.contains(first)) {
            throw ScriptFailure.of(
                    statement,
                    (first.isEmpty() ? "this" : first) + " cannot be part of a job's script");
        }
        boolean isTable = Words.after(statement.text(), "CREATE", "TABLE") >= 0
                || Words.after(statement.text(), "CREATE", "OR", "REPLACE", "TABLE") >= 0;
        if (isTable && Words.hasOnTopLevel(statement.text(), "AS")) {
            throw ScriptFailure.of(
                    statement,
                    "CREATE TABLE AS starts a job of its own: write CREATE TABLE and INSERT");
        }
        target.define(statement.text());
    }
}
