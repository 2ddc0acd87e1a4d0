// SPDX-License-Identifier: Apache-2.0
package dev.sluice.runner;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement that cannot be run. The message names its number and the line and column of the script;
 * positions in Flink's own message, which count from the start of the statement, are translated. It has
 * no cause, because readers of Flink's answer look for the innermost one, which knows no script.
 */
public final class ScriptFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Pattern PLACE = Pattern.compile("line (\\d+), column (\\d+)");

    private final int statement;
    private final int line;
    private final int column;
    private final String detail;

    private ScriptFailure(int statement, int line, int column, String detail) {
        super("script:" + line + ":" + column + ": statement " + statement + ": " + detail);
        this.statement = statement;
        this.line = line;
        this.column = column;
        this.detail = detail;
    }

    static ScriptFailure of(Statement statement, String what) {
        return new ScriptFailure(statement.number(), statement.line(), statement.column(), what);
    }

    static ScriptFailure of(Statement statement, Throwable cause) {
        String message = translate(statement, withoutList(words(cause)));
        Matcher matcher = PLACE.matcher(message);
        boolean isPlaced = matcher.find();
        return new ScriptFailure(
                statement.number(),
                isPlaced ? Integer.parseInt(matcher.group(1)) : statement.line(),
                isPlaced ? Integer.parseInt(matcher.group(2)) : statement.column(),
                message);
    }

    /** Line of the script, from 1. */
    public int line() {
        return line;
    }

    /** Column of the script, from 1, counted in UTF-16 units as Java counts. */
    public int column() {
        return column;
    }

    /** What is wrong, without the place. */
    public String detail() {
        return detail;
    }

    /** The same failure told in other words, such as with secrets blackened. */
    ScriptFailure saying(String words) {
        return new ScriptFailure(statement, line, column, words);
    }

    /** What the innermost cause says; an outer one that knows the place knows more. */
    static String words(Throwable failure) {
        Throwable root = failure;
        Throwable placed = failure;
        for (Throwable next = failure; next != null; next = next.getCause()) {
            root = next;
            boolean isPlaced = PLACE.matcher(String.valueOf(next.getMessage())).find();
            placed = isPlaced ? next : placed;
        }
        boolean isPlaced = PLACE.matcher(String.valueOf(placed.getMessage())).find();
        Throwable telling = isPlaced ? placed : root;
        return telling.getMessage() == null ? telling.toString() : telling.getMessage();
    }

    /** The parser lists every word it would have taken, often hundreds of lines. */
    private static String withoutList(String message) {
        int list = message.indexOf("\nWas expecting one of:");
        return list < 0 ? message : message.substring(0, list);
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
}
