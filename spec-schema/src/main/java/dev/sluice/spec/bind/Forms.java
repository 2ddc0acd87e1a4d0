// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.bind;

import java.util.regex.Pattern;

/** The forms of names, for values that reach a record only when they fit. */
public final class Forms {
    private static final Pattern NAME = Pattern.compile("[a-z][-a-z0-9]*");

    private Forms() {}

    public static boolean isName(String text, int maximum) {
        return text.length() <= maximum && NAME.matcher(text).matches();
    }
}
