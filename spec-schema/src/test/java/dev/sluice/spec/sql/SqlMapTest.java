// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.variables.Declaration;
import dev.sluice.spec.variables.Scope;
import dev.sluice.spec.variables.VariableType;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mark in the source is found again from where it stands in the effective SQL. */
class SqlMapTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1;\\n  @",
                "SELECT '${long}', '${long}' @",
                "SELECT '${long}'\\n, '${long}' FROM @",
                "SELECT /* a comment */ @",
                "SELECT /* two\\nlines */ @",
                "SELECT 1   -- said /* before */   \\n   @",
                "SELECT 1 /* gone */   -- and more\\n@",
                "/*+ OPTIONS('a'='${long}') */ @",
                "SELECT '$${x}' @",
                "SELECT '\uD83D\uDE80 ${long} \uD83D\uDE80' @",
            })
    void aMarkIsFoundAgain(String written) {
        String source = written.replace("\\n", "\n");

        EffectiveSql sql = render(source);

        assertEquals(
                new TextPosition("job.sql", source).at(source.indexOf('@')),
                sql.at(sql.text().indexOf('@')),
                sql::text);
    }

    @Test
    void aPlaceInsideOfAValueIsThatOfItsReference() {
        EffectiveSql sql = render("SELECT '${long}' FROM t");

        assertEquals(new SourceLocation("job.sql", 1, 9), sql.at(sql.text().indexOf("value")));
    }

    @Test
    void linesAndColumnsOfTheEffectiveSqlLeadBackToo() {
        EffectiveSql sql = render("SELECT 1;\nSELECT '${long}' FORM t");
        String line = sql.text().lines().skip(1).findFirst().orElseThrow();

        SourceLocation at =
                sql.map().at(2, line.indexOf("FORM") + 1, sql.text(), sql.file(), sql.source());

        assertEquals(new SourceLocation("job.sql", 2, 18), at);
    }

    private static EffectiveSql render(String source) {
        TreeMap<String, Declaration> variables = new TreeMap<>();
        SourceLocation at = new SourceLocation("variables.yaml", 1, 1);
        variables.put(
                "long",
                new Declaration(
                        "long",
                        Optional.of(VariableType.STRING),
                        "a value that is longer than its name",
                        at));
        return SqlTemplate.render("job.sql", source, new Scope(List.of(variables)), new Findings())
                .orElseThrow();
    }
}
