// SPDX-License-Identifier: Apache-2.0
package dev.sluice.runner;

/**
 * Walks over SQL text lexeme by lexeme and counts lines and columns.
 *
 * <p>Lexemes are strings, quoted identifiers, comments, hints and single characters; what is inside a
 * string or a comment is never looked at.
 */
final class Cursor {
    private final String text;
    private int position;
    private int line;
    private int column;

    Cursor(String text, int line, int column) {
        this.text = text;
        this.line = line;
        this.column = column;
    }

    int position() {
        return position;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }

    boolean isAtEnd() {
        return position >= text.length();
    }

    char current() {
        return text.charAt(position);
    }

    /** Moves over spaces and comments; a hint is no comment. */
    void skipBlank() {
        while (!isAtEnd() && (Character.isWhitespace(current()) || isAtComment())) {
            skipLexeme();
        }
    }

    /** Moves over one string, quoted identifier, comment or other character. */
    void skipLexeme() {
        if (text.startsWith("--", position)) {
            skipThrough("\n");
        } else if (text.startsWith("/*", position)) {
            advanceTo(position + 2);
            skipThrough("*/");
        } else if (current() == '\'' || current() == '`' || current() == '"') {
            skipQuoted(current());
        } else {
            advanceTo(position + 1);
        }
    }

    void advanceTo(int target) {
        while (position < target) {
            boolean newLine = text.charAt(position) == '\n';
            line += newLine ? 1 : 0;
            column = newLine ? 1 : column + 1;
            position++;
        }
    }

    private boolean isAtComment() {
        return text.startsWith("--", position)
                || text.startsWith("/*", position) && !text.startsWith("/*+", position);
    }

    private void skipThrough(String end) {
        int found = text.indexOf(end, position);
        advanceTo(found < 0 ? text.length() : found + end.length());
    }

    /** A doubled quote stands for itself; skipping it as two strings has the same end. */
    private void skipQuoted(char quote) {
        int found = text.indexOf(quote, position + 1);
        advanceTo(found < 0 ? text.length() : found + 1);
    }
}
