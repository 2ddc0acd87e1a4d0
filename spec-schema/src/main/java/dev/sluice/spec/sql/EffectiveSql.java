// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.sql;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.SourceLocation;

/**
 * A script with its variables filled in, and the file it was made of.
 *
 * @param file path from the root of the tree
 * @param source what the file says
 * @param text the effective SQL
 */
public record EffectiveSql(String file, String source, String text, SqlMap map) {
    public EffectiveSql {
        requireNonNull(file, "file is null");
        requireNonNull(source, "source is null");
        requireNonNull(text, "text is null");
        requireNonNull(map, "map is null");
    }

    /** Where in the file an offset of the effective SQL comes from. */
    SourceLocation at(int offset) {
        return map.at(offset, file, source);
    }
}
