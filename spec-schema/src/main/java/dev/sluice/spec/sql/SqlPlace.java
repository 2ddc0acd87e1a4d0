// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.sql;

/** Where in a script a reference stands. */
enum SqlPlace {
    CODE("outside of quotes"),
    LITERAL("inside '...'"),
    /** The character behind ESCAPE is code to Flink's generator (CVE-2026-35194). */
    ESCAPE("as an ESCAPE character"),
    IDENTIFIER("inside `...`"),
    DOUBLE_QUOTES("inside \"...\"");

    private final String words;

    SqlPlace(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    static SqlPlace inside(char quote, String wordBefore) {
        if (quote == '`') {
            return IDENTIFIER;
        }
        if (quote == '"') {
            return DOUBLE_QUOTES;
        }
        boolean escape =
                wordBefore.equalsIgnoreCase("ESCAPE") || wordBefore.equalsIgnoreCase("UESCAPE");
        return escape ? ESCAPE : LITERAL;
    }
}
