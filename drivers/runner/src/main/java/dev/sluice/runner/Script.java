// SPDX-License-Identifier: Apache-2.0
package dev.sluice.runner;

import java.util.ArrayList;
import java.util.List;

/** Splits a script at the semicolons that stand outside of strings, identifiers and comments. */
final class Script {
    private Script() {}

    /** The statements in order; empty ones are left out and not counted. */
    static List<Statement> split(String text) {
        List<Statement> statements = new ArrayList<>();
        Cursor cursor = new Cursor(text, 1, 1);
        cursor.skipBlank();
        while (!cursor.isAtEnd()) {
            int start = cursor.position();
            int line = cursor.line();
            int column = cursor.column();
            while (!cursor.isAtEnd() && cursor.current() != ';') {
                cursor.skipLexeme();
            }
            if (cursor.position() > start) {
                String statement = text.substring(start, cursor.position());
                statements.add(new Statement(statement, statements.size() + 1, line, column));
            }
            cursor.advanceTo(Math.min(cursor.position() + 1, text.length()));
            cursor.skipBlank();
        }
        return statements;
    }
}
