// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.yaml;

import java.util.regex.Pattern;

/** The types of YAML 1.2's core schema (chapter 10.3.2); {@code on}, {@code no}, {@code 1:30} are text. */
public enum ScalarType {
    STRING,
    INTEGER,
    FLOAT,
    BOOLEAN,
    NULL;

    private static final Pattern NULLS = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern BOOLEANS = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern INTEGERS = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
    private static final Pattern FLOATS =
            Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
                    + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9][0-9_.]*");

    /** The type of a scalar that was written without quotes. */
    static ScalarType ofPlain(String text) {
        if (text.length() > 64) {
            return STRING;
        }
        if (NULLS.matcher(text).matches()) {
            return NULL;
        }
        if (BOOLEANS.matcher(text).matches()) {
            return BOOLEAN;
        }
        if (INTEGERS.matcher(text).matches()) {
            return INTEGER;
        }
        return FLOATS.matcher(text).matches() ? FLOAT : STRING;
    }

    /** Octal in YAML 1.1, decimal in 1.2, an identifier to its author: refused. */
    static boolean hasLeadingZero(String plain) {
        return LEADING_ZERO.matcher(plain).matches();
    }

    String describe(String text) {
        return switch (this) {
            case STRING -> "text \"" + brief(text) + "\"";
            case INTEGER, FLOAT -> "number " + brief(text);
            case BOOLEAN -> "boolean " + text;
            case NULL -> "nothing";
        };
    }

    private static String brief(String text) {
        String oneLine = text.replaceAll("\\p{Cntrl}", " ");
        int end = oneLine.offsetByCodePoints(
                0, Math.min(60, oneLine.codePointCount(0, oneLine.length())));
        return end < oneLine.length() ? oneLine.substring(0, end) + "..." : oneLine;
    }
}
