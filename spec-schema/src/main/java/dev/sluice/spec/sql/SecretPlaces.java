// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.sql;

/**
 * Where in a statement a secret may stand: in an option of CREATE ... WITH (...). A literal elsewhere
 * becomes part of the names and plans that Flink shows to everyone.
 */
final class SecretPlaces {
    private static final String SECRET = "${secret:";

    private SecretPlaces() {}

    /** Offset into the statement's source of the first reference elsewhere, or -1. */
    static int firstOutsideOfOptions(SqlStatement statement) {
        String source = statement.source();
        if (!source.contains(SECRET)) {
            return -1;
        }
        boolean mayHaveOptions = statement.starts("CREATE");
        SqlOutput read = new SqlOutput();
        int depth = 0;
        boolean isInOptions = false;
        int at = 0;
        while (at < source.length()) {
            char character = source.charAt(at);
            if (character == '\'' || character == '`' || character == '"') {
                int close = source.indexOf(character, at + 1);
                int end = close < 0 ? source.length() : close + 1;
                int found = source.substring(at, end).indexOf(SECRET);
                if (found >= 0 && !(mayHaveOptions && isInOptions)) {
                    return at + found;
                }
                at = end;
                continue;
            }
            if (character == '(') {
                boolean opens = depth == 0 && read.lastWord().equalsIgnoreCase("WITH");
                isInOptions |= opens;
                depth++;
            } else if (character == ')') {
                depth--;
                isInOptions &= depth > 0;
            }
            read.append(String.valueOf(character));
            at++;
        }
        return -1;
    }
}
