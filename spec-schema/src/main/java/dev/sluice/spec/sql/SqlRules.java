// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.sql;

import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.finding.Findings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which statements a job may hold: those that define or fill something. What loads code (ADD JAR,
 * USING JAR), asks (SELECT, SHOW) or destroys (DROP of what outlives the job) is refused.
 */
public final class SqlRules {
    private static final Set<String> FIRST_WORDS =
            Set.of("CREATE", "INSERT", "EXECUTE", "BEGIN", "END", "SET", "USE", "LOAD", "UNLOAD");
    private static final Pattern SET_KEY =
            Pattern.compile("(?is)set\\s+'?\\s*([^'=\\s]+)\\s*'?\\s*=.*");

    private final Function<String, Optional<String>> reserved;

    /**
     * Rules.
     *
     * @param reserved tells what to do instead of setting a configuration key, when a spec may not set it
     */
    public SqlRules(Function<String, Optional<String>> reserved) {
        this.reserved = reserved;
    }

    /** Checks an effective script. */
    public void check(EffectiveSql script, Findings findings) {
        List<SqlStatement> statements = SqlStatement.split(script.text());
        for (SqlStatement statement : statements) {
            check(statement, script, findings);
        }
        if (statements.stream().noneMatch(SqlRules::runs)) {
            findings.error(
                    "sql-empty",
                    new SourceLocation(script.file(), 1, 1),
                    "",
                    "expected at least one INSERT, found none",
                    "write what the job shall fill");
        }
    }

    private static boolean runs(SqlStatement statement) {
        boolean creates = statement.starts("CREATE") && statement.words().contains("SELECT");
        return statement.words().contains("INSERT") || statement.starts("EXECUTE") || creates;
    }

    private void check(SqlStatement statement, EffectiveSql script, Findings findings) {
        String first = statement.words().isEmpty() ? "" : statement.words().get(0);
        boolean temporary = statement.starts("DROP", "TEMPORARY");
        if (!FIRST_WORDS.contains(first) && !temporary) {
            findings.error(
                    "sql-statement",
                    script.at(statement.offset()),
                    "",
                    "expected a statement that defines or fills something, found '"
                            + brief(statement.source()) + "'",
                    "allowed are CREATE, INSERT, EXECUTE, BEGIN STATEMENT SET, END, SET, USE, LOAD,"
                            + " UNLOAD and DROP TEMPORARY");
            return;
        }
        if (loadsCode(statement)) {
            findings.error(
                    "sql-statement",
                    script.at(statement.offset()),
                    "",
                    "found a function that loads a jar by itself",
                    "name the jar under 'dependencies:' and leave out USING JAR");
        }
        int secret = SecretPlaces.firstOutsideOfOptions(statement);
        if (secret >= 0) {
            findings.error(
                    "sql-secret",
                    script.at(statement.offset() + secret),
                    "",
                    "expected secrets in the options of CREATE ... WITH (...) only, found one that"
                            + " Flink would show in its plan or configuration",
                    "put it into an option of the table or catalog");
        }
        if (first.equals("SET")) {
            set(statement, script, findings);
        }
    }

    private static boolean loadsCode(SqlStatement statement) {
        List<String> words = statement.words();
        int using = words.indexOf("USING");
        return statement.starts("CREATE")
                && words.contains("FUNCTION")
                && using >= 0
                && words.size() > using + 1
                && Set.of("JAR", "ARTIFACT").contains(words.get(using + 1));
    }

    private void set(SqlStatement statement, EffectiveSql script, Findings findings) {
        Matcher key = SET_KEY.matcher(statement.source());
        if (!key.matches()) {
            findings.error(
                    "sql-statement",
                    script.at(statement.offset()),
                    "",
                    "expected SET 'key' = 'value', found '" + brief(statement.source()) + "'",
                    "write SET 'key' = 'value'");
            return;
        }
        reserved.apply(key.group(1))
                .ifPresent(instead -> findings.error(
                        "reserved-configuration",
                        script.at(statement.offset()),
                        "",
                        "found SET of the reserved key '" + key.group(1) + "'",
                        instead));
    }

    private static String brief(String source) {
        String line = source.lines().findFirst().orElse("");
        return line.length() <= 40 ? line : line.substring(0, 40) + "...";
    }
}
