// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.rule;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.finding.NearestName;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.Pointers;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;

/**
 * What an address among a job's links must be for the page to show it: http or https, with a host and
 * without a user, and no placeholder that nobody fills in.
 */
final class LinkRules {
    /** What the page fills in. */
    static final List<String> PLACEHOLDERS =
            List.of("commit", "environment", "job", "jobId", "team");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)\\}");
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private final Findings findings;

    LinkRules(Findings findings) {
        this.findings = findings;
    }

    void check(Node.Mapping links) {
        links.entries().forEach((name, entry) -> {
            if (entry.value() instanceof Node.Scalar address) {
                check(address.text(), address.at(), Pointers.child("/links", name));
            }
        });
    }

    private void check(String address, SourceLocation at, String pointer) {
        Matcher placeholder = PLACEHOLDER.matcher(address);
        boolean isFilled = true;
        while (placeholder.find()) {
            if (!PLACEHOLDERS.contains(placeholder.group(1))) {
                isFilled = false;
                unknown(placeholder.group(1), at, pointer);
            }
        }
        if (isFilled && !isWeb(placeholder.replaceAll("x"))) {
            findings.error(
                    "link",
                    at,
                    pointer,
                    "expected an address that begins with http:// or https:// and a host, without"
                            + " a user, found "
                            + (address.contains("@") ? "one with @" : "\"" + address + "\""),
                    "write an absolute address, other characters as %XX");
        }
    }

    private void unknown(String name, SourceLocation at, String pointer) {
        String known = "{" + String.join("}, {", PLACEHOLDERS) + "}";
        String suggestion = NearestName.of(name, PLACEHOLDERS)
                .map(near -> "did you mean {" + near + "}? ")
                .orElse("");
        findings.error(
                "link",
                at,
                pointer,
                "expected a placeholder that the page fills in, found {" + name + "}",
                suggestion + "the page knows " + known + "; write %7B and %7D for braces");
    }

    private static boolean isWeb(String address) {
        try {
            URI uri = new URI(address);
            return uri.getScheme() != null
                    && SCHEMES.contains(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getUserInfo() == null;
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }
}
