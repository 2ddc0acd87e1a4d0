// SPDX-License-Identifier: Apache-2.0
package dev.sluice.runner;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement that cannot be run. The message names its number and the line and column of the script;
 * positions in Flink's own message, which count from the start of the statement, are translated. It has
 * no cause, because readers of Flink's answer look for the innermost one, which knows no script.
 */
final class ScriptFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Pattern PLACE = Pattern.compile("line (\\d+), column (\\d+)");

    private ScriptFailure(String message) {
        super(message);
    }

    static ScriptFailure of(Statement statement, String what) {
        return new ScriptFailure(place(statement, statement.line(), statement.column()) + what);
    }

    static ScriptFailure of(Statement statement, Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = translate(statement, String.valueOf(root.getMessage()));
        Matcher matcher = PLACE.matcher(message);
        String place = matcher.find()
                ? place(
                        statement,
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)))
                : place(statement, statement.line(), statement.column());
        return new ScriptFailure(place + message);
    }

    /** Flink counts lines and columns from 1 inside of the statement it was given. */
    private static String translate(Statement statement, String message) {
        Matcher matcher = PLACE.matcher(message);
        StringBuffer translated = new StringBuffer();
        while (matcher.find()) {
            int line = Integer.parseInt(matcher.group(1));
            int column = Integer.parseInt(matcher.group(2));
            int scriptColumn = line == 1 ? column + statement.column() - 1 : column;
            int scriptLine = line + statement.line() - 1;
            matcher.appendReplacement(
                    translated, "line " + scriptLine + ", column " + scriptColumn);
        }
        return matcher.appendTail(translated).toString();
    }

    private static String place(Statement statement, int line, int column) {
        return "script:" + line + ":" + column + ": statement " + statement.number() + ": ";
    }
}
