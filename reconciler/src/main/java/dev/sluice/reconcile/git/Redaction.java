// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.URIish;

/**
 * Makes a text of a library or a server fit to be shown: no credentials of the URL, no control
 * characters, not longer than a person reads.
 */
final class Redaction {
    private static final Pattern USER_INFO = Pattern.compile("://[^/\\s]*@");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
    private static final int LONGEST = 500;

    private final List<String> secrets;

    Redaction(String url) {
        secrets = secrets(url);
    }

    String apply(String text) {
        String shown = USER_INFO.matcher(text).replaceAll("://***@");
        for (String secret : secrets) {
            shown = shown.replace(secret, "***");
        }
        return printable(shown);
    }

    /** Text from outside on one line of bearable length. */
    static String printable(String text) {
        String shown = CONTROL.matcher(text).replaceAll(" ").strip();
        return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + "...";
    }

    /** The password as written and as meant; a user alone is a token on some git hosts. */
    private static List<String> secrets(String url) {
        List<String> found = new ArrayList<>();
        try {
            URIish uri = new URIish(url);
            Optional.ofNullable(uri.getPass()).ifPresent(found::add);
            if (uri.getScheme() != null && uri.getScheme().startsWith("http")) {
                Optional.ofNullable(uri.getUser()).ifPresent(found::add);
            }
        } catch (URISyntaxException e) {
            found.add(url);
        }
        found.removeIf(secret -> secret.length() < 3);
        return List.copyOf(found);
    }
}
