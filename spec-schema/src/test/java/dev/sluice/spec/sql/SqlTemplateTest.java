// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.variables.Declaration;
import dev.sluice.spec.variables.Scope;
import dev.sluice.spec.variables.VariableType;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTemplateTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "STRING     | beijing   | SELECT '${v}'              | SELECT 'beijing'",
                "STRING     | O'Hara    | SELECT '${v}'              | SELECT 'O''Hara'",
                "STRING     | a;b--c/*  | SELECT 'x${v}y'            | SELECT 'xa;b--c/*y'",
                "IDENTIFIER | db.t      | SELECT * FROM ${v}         | SELECT * FROM db.t",
                "IDENTIFIER | eu        | SELECT * FROM orders_${v}  | SELECT * FROM orders_eu",
                "IDENTIFIER | eu        | SELECT * FROM `${v}`       | SELECT * FROM `eu`",
                "NUMBER     | 5         | LIMIT ${v}                 | LIMIT 5",
                "NUMBER     | -1.5      | SELECT ${v}                | SELECT  -1.5",
                "NUMBER     | -1        | SELECT 2 -${v}             | SELECT 2 - -1",
                "NUMBER     | 7         | FROM t_${v}                | FROM t_7",
                "BOOLEAN    | true      | WHERE ${v}                 | WHERE TRUE",
                "INTERVAL   | 5 MINUTE  | TUMBLE(${v})               | TUMBLE(INTERVAL '5' MINUTE)",
                "INTERVAL   | 5 minute  | TUMBLE(INTERVAL ${v})      | TUMBLE(INTERVAL '5' MINUTE)",
                "INTERVAL   | 5 MINUTE  | SELECT '${v}'              | SELECT '5 MINUTE'",
                "HOST_PORTS | k:9,l:9   | 'servers'='${v}'           | 'servers'='k:9,l:9'",
                "STRING     | x         | SELECT $${v}, '$${v}'     | SELECT ${v}, '${v}'",
                "STRING     | it's      | /*+ OPTIONS('k'='${v}') */ | /*+ OPTIONS('k'='it''s') */",
                "STRING     | x         | SELECT 'it''s ${v}'        | SELECT 'it''s x'",
            })
    void aValueStandsWhereItsTypeAllows(
            VariableType type, String value, String sql, String effective) {
        assertEquals(Optional.of(effective), render(type, value, sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ${v}",
                "SELECT \"${v}\"",
                "SELECT * FROM `${v}`",
                "SELECT * FROM t LIKE 'a' ESCAPE '${v}'",
                "SELECT * FROM t LIKE 'a' escape\n'${v}'",
                "SELECT U&'x' UESCAPE '${v}'",
                "SELECT '${v}",
                "SELECT '${v }'",
                "SELECT '${w}'",
                "SELECT /*+ ${v} */ 1",
                "SELECT '$${secret:X}'",
                "SELECT ${secret:X}",
                "SELECT `${secret:X}`",
            })
    void aStringMayStandNowhereElse(String sql) {
        assertEquals(Optional.empty(), render(VariableType.STRING, "value", sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x; DROP TABLE t",
                "x--",
                "x/*",
                "x'",
                "x`",
                "x\"",
                "a b",
                "1a",
                "",
                "a.b.c.d",
                "a..b",
                "ä",
                "x)",
                "a,b",
                "${secret:X}"
            })
    void anIdentifierIsAnIdentifier(String value) {
        assertEquals(Optional.empty(), render(VariableType.IDENTIFIER, value, "SELECT ${v}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 OR 1=1", "1;", "--1", "1e", ".5", "0x1F", "NaN", "1,2", "+1", ""})
    void aNumberIsANumber(String value) {
        assertEquals(Optional.empty(), render(VariableType.NUMBER, value, "SELECT ${v}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5 MINUTES", "5 MINUTE) --", "MINUTE", "5  MINUTE", "-5 MINUTE"})
    void anIntervalIsAnInterval(String value) {
        assertEquals(Optional.empty(), render(VariableType.INTERVAL, value, "SELECT ${v}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\0b", "a\tb"})
    void noControlCharacterEntersALiteral(String value) {
        assertEquals(Optional.empty(), render(VariableType.STRING, value, "SELECT '${v}'"));
    }

    @Test
    void commentsAreDroppedAndLinesStay() {
        String sql = "SELECT 1 -- ${v}\n, 2 /* ${w}\n */, '--' /* x */ FROM t";

        assertEquals(
                Optional.of("SELECT 1\n, 2 \n, '--'   FROM t"),
                render(VariableType.STRING, "x", sql));
    }

    @Test
    void aSecretInALiteralStaysAReference() {
        String sql = "'password' = 'p-${secret:DB/pw}'";

        assertEquals(Optional.of(sql), render(VariableType.STRING, "x", sql));
    }

    @Test
    void aSecretCannotBePiecedTogether() {
        assertEquals(
                Optional.empty(),
                render(VariableType.STRING, "{secret:ROOT}", "SELECT '$${v}'")
                        .filter(text -> text.contains("secret")));
        assertEquals(
                Optional.empty(), render(VariableType.STRING, "secret:ROOT}", "SELECT '$${${v}'"));
    }

    @Test
    void whateverTheValueTheLiteralEndsWhereItsAuthorEndedIt() {
        List<String> pieces =
                List.of("'", "''", "\\", "--", "/*", "*/", ";", "`", "\"", "x", "$", "{", "}");
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder value = new StringBuilder();
            for (int j = random.nextInt(8); j >= 0; j--) {
                value.append(pieces.get(random.nextInt(pieces.size())));
            }
            Optional<String> sql = render(
                    VariableType.STRING,
                    value.toString().replace("${", "$${"),
                    "SELECT '${v}' FROM t;SELECT 2");

            List<SqlStatement> statements = SqlStatement.split(sql.orElseThrow());

            assertEquals(2, statements.size(), sql.get());
            assertEquals(List.of("SELECT", "FROM", "T"), statements.get(0).words(), sql.get());
        }
    }

    private static Optional<String> render(VariableType type, String value, String sql) {
        SourceLocation at = new SourceLocation("variables.yaml", 1, 1);
        TreeMap<String, Declaration> variables = new TreeMap<>();
        variables.put("v", new Declaration("v", Optional.of(type), value, at));
        Findings findings = new Findings();
        Optional<String> effective = SqlTemplate.render(
                        "job.sql", sql, new Scope(List.of(variables)), findings)
                .map(EffectiveSql::text);
        assertTrue(
                effective.isPresent() != findings.hasErrors(),
                () -> findings.toList().toString());
        return effective;
    }
}
