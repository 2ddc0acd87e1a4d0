// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

import java.util.regex.Pattern;

/** Addresses as people may see them. */
final class Address {
    private static final Pattern USER_INFO = Pattern.compile("://[^/\\s]*@");
    private static final Pattern QUERY = Pattern.compile("(://[^?\\s]*)\\?[^\\s]*");

    private Address() {}

    /** The text with user names, passwords and queries taken out of every address in it. */
    static String withoutCredentials(String text) {
        String anonymous = USER_INFO.matcher(text).replaceAll("://");
        return QUERY.matcher(anonymous).replaceAll("$1");
    }
}
