// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One statement of an effective script, taken apart just far enough to know its kind.
 *
 * @param offset where its first word stands in the script
 * @param words words outside of quotes, in upper case
 * @param literals texts inside '...'
 * @param source the statement itself
 */
record SqlStatement(int offset, List<String> words, List<String> literals, String source) {
    SqlStatement {
        words = List.copyOf(words);
        literals = List.copyOf(literals);
    }

    boolean starts(String... expected) {
        return words.size() >= expected.length
                && words.subList(0, expected.length).equals(List.of(expected));
    }

    /** The statements of a script; semicolons inside quotes do not divide. */
    static List<SqlStatement> split(String script) {
        List<SqlStatement> statements = new ArrayList<>();
        int start = 0;
        int at = 0;
        while (at < script.length()) {
            char character = script.charAt(at);
            if (character == '\'' || character == '`' || character == '"') {
                at = closing(script, at);
            } else if (character == ';') {
                add(statements, script, start, at);
                start = at + 1;
            }
            at++;
        }
        add(statements, script, start, script.length());
        return statements;
    }

    private static void add(List<SqlStatement> statements, String script, int start, int end) {
        String source = script.substring(start, end);
        if (source.isBlank()) {
            return;
        }
        int indent = source.length() - source.stripLeading().length();
        List<String> words = new ArrayList<>();
        List<String> literals = new ArrayList<>();
        int at = 0;
        while (at < source.length()) {
            char character = source.charAt(at);
            int next = at + 1;
            if (character == '\'' || character == '`' || character == '"') {
                next = closing(source, at) + 1;
                if (character == '\'') {
                    literals.add(source.substring(at + 1, Math.max(at + 1, next - 1)));
                }
            } else if (SqlOutput.isWordPart(character)) {
                next = endOfWord(source, at);
                words.add(source.substring(at, next).toUpperCase(Locale.ROOT));
            }
            at = next;
        }
        statements.add(new SqlStatement(start + indent, words, literals, source.strip()));
    }

    private static int closing(String text, int open) {
        int close = text.indexOf(text.charAt(open), open + 1);
        return close < 0 ? text.length() - 1 : close;
    }

    private static int endOfWord(String text, int start) {
        int end = start;
        while (end < text.length() && SqlOutput.isWordPart(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
