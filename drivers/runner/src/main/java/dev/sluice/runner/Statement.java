// SPDX-License-Identifier: Apache-2.0
package dev.sluice.runner;

import java.util.Objects;

/** One statement of a script and where its first character stands. */
final class Statement {
    private final String text;
    private final int number;
    private final int line;
    private final int column;

    /**
     * @param text starts at the first character that is no space or comment; has no semicolon
     * @param number of the statement in the script, from 1
     * @param line of the first character, from 1
     * @param column of the first character, from 1
     */
    Statement(String text, int number, int line, int column) {
        this.text = Objects.requireNonNull(text, "text is null");
        this.number = number;
        this.line = line;
        this.column = column;
    }

    String text() {
        return text;
    }

    int number() {
        return number;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }

    /** The rest of this statement after some characters, at its true place in the script. */
    Statement from(int characters) {
        Cursor cursor = new Cursor(text, line, column);
        cursor.advanceTo(characters);
        cursor.skipBlank();
        return new Statement(
                text.substring(cursor.position()), number, cursor.line(), cursor.column());
    }

    @Override
    public String toString() {
        return number + "@" + line + ":" + column + " " + text;
    }
}
