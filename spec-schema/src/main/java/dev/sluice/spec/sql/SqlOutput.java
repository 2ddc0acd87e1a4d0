// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.sql;

/** The effective SQL while it grows, and what stands just before its end. */
final class SqlOutput {
    private final StringBuilder text = new StringBuilder();

    void append(String more) {
        text.append(more);
    }

    int length() {
        return text.length();
    }

    /** Removes blanks at the end of the last line. */
    void trimBlanks() {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\t')) {
            end--;
        }
        text.setLength(end);
    }

    /** The last character, a space when there is none. */
    char last() {
        return text.length() == 0 ? ' ' : text.charAt(text.length() - 1);
    }

    /** The word at the end, white space behind it left out; empty when there is none. */
    String lastWord() {
        int end = text.length();
        while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        int start = end;
        while (start > 0 && isWordPart(text.charAt(start - 1))) {
            start--;
        }
        return text.substring(start, end);
    }

    String text() {
        return text.toString();
    }

    static boolean isWordPart(char character) {
        return Character.isLetterOrDigit(character) || character == '_' || character == '$';
    }
}
