// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.sql;

import dev.sluice.spec.SourceLocation;
import java.util.Arrays;

/**
 * Leads from a place in the effective SQL of a script back to the file it was made of. Holds a few
 * numbers for each variable and comment, no text.
 */
public final class SqlMap {
    private final int[] effective;
    private final int[] source;

    /** Pairs of offsets; between two of them both texts run in parallel, or the source stands still. */
    private SqlMap(int[] effective, int[] source) {
        this.effective = effective;
        this.source = source;
    }

    /** The place of an offset into the effective SQL. */
    SourceLocation at(int offset, String file, String sourceText) {
        int found = Arrays.binarySearch(effective, offset);
        int index = found >= 0 ? found : -found - 2;
        if (index < 0) {
            return new SourceLocation(file, 1, 1);
        }
        int origin = source[index];
        int place = origin < 0 ? ~origin : origin + offset - effective[index];
        return new TextPosition(file, sourceText)
                .at(Math.max(0, Math.min(place, sourceText.length())));
    }

    /**
     * The place of a line and column of the effective SQL.
     *
     * @param line from 1; lines beyond the end mean the end
     * @param column from 1, in UTF-16 units
     * @param sourceText what the file says
     */
    public SourceLocation at(
            int line, int column, String effectiveText, String file, String sourceText) {
        int start = 0;
        for (int passed = 1; passed < line; passed++) {
            int end = effectiveText.indexOf('\n', start);
            if (end < 0) {
                return at(effectiveText.length(), file, sourceText);
            }
            start = end + 1;
        }
        return at(Math.min(start + column - 1, effectiveText.length()), file, sourceText);
    }

    /** Notes where each piece of a growing effective text comes from. */
    static final class Builder {
        private int[] effective = new int[8];
        private int[] source = new int[8];
        private int count;

        /** What follows at an offset is a copy of the source. */
        void copied(int effectiveOffset, int sourceOffset) {
            forgetAfter(effectiveOffset);
            boolean goesOn = count > 0
                    && source[count - 1] >= 0
                    && sourceOffset - source[count - 1] == effectiveOffset - effective[count - 1];
            if (!goesOn) {
                add(effectiveOffset, sourceOffset);
            }
        }

        /** What follows at an offset stands in the place of something in the source. */
        void replaced(int effectiveOffset, int sourceOffset) {
            forgetAfter(effectiveOffset);
            add(effectiveOffset, ~sourceOffset);
        }

        /** Blanks at the end of a line may have been taken back. */
        private void forgetAfter(int effectiveOffset) {
            while (count > 0 && effective[count - 1] > effectiveOffset) {
                count--;
            }
        }

        SqlMap build() {
            return new SqlMap(Arrays.copyOf(effective, count), Arrays.copyOf(source, count));
        }

        private void add(int effectiveOffset, int sourceOffset) {
            if (count > 0 && effective[count - 1] == effectiveOffset) {
                count--;
            }
            if (count == effective.length) {
                effective = Arrays.copyOf(effective, count * 2);
                source = Arrays.copyOf(source, count * 2);
            }
            effective[count] = effectiveOffset;
            source[count] = sourceOffset;
            count++;
        }
    }
}
