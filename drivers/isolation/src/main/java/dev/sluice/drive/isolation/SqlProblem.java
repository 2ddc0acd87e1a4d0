// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
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

    private static final Pattern TOLD =
            Pattern.compile("(?s)script:(\\d+):(\\d+): (?:statement \\d+: )?(.*)");

    public SqlProblem {
        requireNonNull(message, "message is null");
    }

    /** What the failure of a script says; empty when it is one of something else. */
    public static Optional<SqlProblem> told(String failure) {
        Matcher matcher = TOLD.matcher(failure);
        return matcher.matches()
                ? Optional.of(of(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        matcher.group(3)))
                : Optional.empty();
    }

    /** The message without places in it: they are said beside it, and count another text's columns. */
    static SqlProblem of(int line, int column, String message) {
        return new SqlProblem(line, column, PLACE.matcher(message).replaceAll(""));
    }
}
