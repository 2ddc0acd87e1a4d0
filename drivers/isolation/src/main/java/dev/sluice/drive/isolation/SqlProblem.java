// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * A mistake in a SQL script.
 *
 * @param line from 1
 * @param column from 1, in UTF-16 units
 * @param message what Flink says, in one or more lines
 */
public record SqlProblem(int line, int column, String message) {
    private static final Pattern PLACE =
            Pattern.compile("^(From|At) line [^:]*: | at line \\d+, column \\d+");

    public SqlProblem {
        requireNonNull(message, "message is null");
    }

    /** The message without places in it: they are said beside it, and count another text's columns. */
    static SqlProblem of(int line, int column, String message) {
        return new SqlProblem(line, column, PLACE.matcher(message).replaceAll(""));
    }
}
