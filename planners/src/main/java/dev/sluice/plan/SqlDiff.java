// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import java.util.ArrayList;
import java.util.List;

/** The difference of two SQL scripts by statement: what stays is left out. */
final class SqlDiff {
    private SqlDiff() {}

    /** Removed statements begin with {@code -}, added ones with {@code +}, in the order of scripts. */
    static List<String> lines(String before, String after) {
        List<String> old = statements(before);
        List<String> next = statements(after);
        int[][] common = common(old, next);
        List<String> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < next.size()) {
            if (i < old.size() && j < next.size() && old.get(i).equals(next.get(j))) {
                i++;
                j++;
            } else if (j == next.size()
                    || (i < old.size() && common[i + 1][j] >= common[i][j + 1])) {
                add(lines, "- ", old.get(i++));
            } else {
                add(lines, "+ ", next.get(j++));
            }
        }
        return lines;
    }

    /** Statements end at a semicolon that is in no quotes and in no comment. */
    static List<String> statements(String script) {
        List<String> statements = new ArrayList<>();
        int start = 0;
        int at = 0;
        while (at < script.length()) {
            if (script.charAt(at) == ';') {
                keep(statements, script.substring(start, at));
                start = at + 1;
            }
            at = skip(script, at);
        }
        keep(statements, script.substring(start));
        return statements;
    }

    /** The place after the token that begins here: quoted text and comments are one token. */
    private static int skip(String script, int at) {
        char here = script.charAt(at);
        if (here == '\'' || here == '"' || here == '`') {
            return after(script, String.valueOf(here), at + 1);
        }
        if (script.startsWith("--", at)) {
            return after(script, "\n", at);
        }
        return script.startsWith("/*", at) ? after(script, "*/", at + 2) : at + 1;
    }

    private static int after(String script, String end, int from) {
        int found = script.indexOf(end, from);
        return found < 0 ? script.length() : found + end.length();
    }

    private static void keep(List<String> statements, String text) {
        if (!text.isBlank()) {
            statements.add(text.strip());
        }
    }

    private static void add(List<String> lines, String sign, String statement) {
        statement.lines().forEach(line -> lines.add(sign + line));
    }

    /** Lengths of the longest common sequences of the ends of both lists. */
    private static int[][] common(List<String> old, List<String> next) {
        int[][] common = new int[old.size() + 1][next.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = next.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(next.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
