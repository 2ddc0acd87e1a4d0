// SPDX-License-Identifier: Apache-2.0
package dev.sluice.runner;

import java.util.Locale;

/** The bare words of a statement, in upper case; strings, quoted identifiers, comments apart. */
final class Words {
    private Words() {}

    /**
     * Where the statement goes on after these words, comments between them allowed, or -1 if it does
     * not start with them.
     */
    static int after(String text, String... words) {
        Cursor cursor = new Cursor(text, 1, 1);
        for (String word : words) {
            cursor.skipBlank();
            int end = endOfWord(text, cursor.position());
            if (!text.substring(cursor.position(), end).equalsIgnoreCase(word)) {
                return -1;
            }
            cursor.advanceTo(end);
        }
        return cursor.position();
    }

    static String first(String text) {
        return text.substring(0, endOfWord(text, 0)).toUpperCase(Locale.ROOT);
    }

    /** Whether a word stands outside of all parentheses, as AS does in CREATE TABLE ... AS SELECT. */
    static boolean hasOnTopLevel(String text, String word) {
        Cursor cursor = new Cursor(text, 1, 1);
        int depth = 0;
        while (!cursor.isAtEnd()) {
            int end = endOfWord(text, cursor.position());
            if (end > cursor.position()) {
                if (depth == 0 && text.substring(cursor.position(), end).equalsIgnoreCase(word)) {
                    return true;
                }
                cursor.advanceTo(end);
            } else {
                depth += cursor.current() == '(' ? 1 : cursor.current() == ')' ? -1 : 0;
                cursor.skipLexeme();
            }
        }
        return false;
    }

    private static int endOfWord(String text, int start) {
        int end = start;
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
