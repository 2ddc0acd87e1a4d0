// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.sql;

import dev.sluice.spec.SourceLocation;

/** Line and column while a text is read from front to back; costs one pass over the text in all. */
final class TextPosition {
    private final String file;
    private final String text;
    private int offset;
    private int line = 1;
    private int column = 1;

    TextPosition(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /**
     * The place of an offset.
     *
     * @param wanted not before an offset asked for earlier
     */
    SourceLocation at(int wanted) {
        while (offset < wanted) {
            char character = text.charAt(offset);
            offset++;
            if (character == '\n') {
                line++;
                column = 1;
            } else if (!Character.isLowSurrogate(character)) {
                column++;
            }
        }
        return new SourceLocation(file, line, column);
    }
}
