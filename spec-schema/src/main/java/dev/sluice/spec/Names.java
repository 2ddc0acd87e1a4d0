// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import java.util.regex.Pattern;

/** The one rule for names of environments, teams, jobs and clusters. */
final class Names {
    private static final Pattern NAME = Pattern.compile("[a-z][-a-z0-9]*");

    private Names() {}

    static String require(String value, String what, int maximum) {
        if (value == null || !NAME.matcher(value).matches() || value.length() > maximum) {
            throw new IllegalArgumentException(what + " must match " + NAME + " with at most "
                    + maximum + " characters: " + value);
        }
        return value;
    }
}
