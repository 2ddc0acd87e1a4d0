// SPDX-License-Identifier: Apache-2.0
package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptTest {
    @Test
    void semicolonsSplitOutsideOfStringsIdentifiersAndComments() {
        assertEquals(
                List.of("1@1:1 SELECT 'a;b', `c;d`", "2@1:23 SELECT 2 /* ; */"),
                split("SELECT 'a;b', `c;d`;  SELECT 2 /* ; */; -- ; end"));
    }

    @Test
    void aDoubledQuoteDoesNotEndAString() {
        assertEquals(
                List.of("1@1:1 SELECT 'it''s; -- not a comment /* nor this */'", "2@1:49 SELECT 2"),
                split("SELECT 'it''s; -- not a comment /* nor this */';SELECT 2"));
    }

    @Test
    void aStatementStartsAfterTheCommentsBeforeIt() {
        assertEquals(
                List.of("1@3:3 SET 'a' = 'b'", "2@5:1 INSERT INTO x\nSELECT 1"),
                split(
                        "-- head; of file\n/* block\n*/SET 'a' = 'b';\n\nINSERT INTO x\nSELECT 1;\n"));
    }

    @Test
    void aHintStaysPartOfItsStatement() {
        assertEquals(
                List.of("1@1:1 INSERT INTO a /*+ OPTIONS('x;y'='z') */ SELECT 1"),
                split("INSERT INTO a /*+ OPTIONS('x;y'='z') */ SELECT 1;"));
    }

    @Test
    void emptyStatementsAreNotCounted() {
        assertEquals(
                List.of("1@1:4 SELECT 1", "2@3:2 SELECT 2"),
                split(";; SELECT 1;;\n-- none;\n;SELECT 2"));
    }

    @Test
    void anUnclosedStringOrCommentEndsWithTheScript() {
        assertEquals(List.of("1@1:1 SELECT 'open; SELECT 2"), split("SELECT 'open; SELECT 2"));
        assertEquals(List.of("1@1:1 SELECT 1 "), split("SELECT 1 ; /* open; SELECT 2"));
    }

    @Test
    void aScriptOfNothingHasNoStatements() {
        assertEquals(List.of(), split(" \n-- only a comment"));
    }

    private static List<String> split(String script) {
        return Script.split(script).stream().map(Statement::toString).toList();
    }
}
