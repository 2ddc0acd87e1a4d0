// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlDiffTest {
    @Test
    void statementsEndAtSemicolonsOutsideQuotesAndComments() {
        String script = "SELECT ';' ; -- a; comment\nSELECT `a;b` /* ; */ FROM \"c;d\";\n\n";

        assertEquals(
                List.of("SELECT ';'", "-- a; comment\nSELECT `a;b` /* ; */ FROM \"c;d\""),
                SqlDiff.statements(script));
    }

    @Test
    void whatStaysIsLeftOut() {
        assertEquals(
                List.of("- SELECT 2", "+ SELECT 4", "+ SELECT 5"),
                SqlDiff.lines(
                        "SELECT 1; SELECT 2; SELECT 3", "SELECT 1; SELECT 4; SELECT 3; SELECT 5"));
    }

    @Test
    void anUnfinishedQuoteEndsWithTheScript() {
        assertEquals(List.of("SELECT 'a; b"), SqlDiff.statements("SELECT 'a; b"));
    }
}
