// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.bind;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.sluice.spec.Cluster;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code ingress:} of a cluster of kind {@code kubernetes}. */
final class IngressBinder {
    /** What the address must tell apart: jobs of one environment differ by these. */
    private static final List<String> NEEDED = List.of("{job}", "{team}");

    private static final Set<String> KNOWN = Set.of("environment", "job", "namespace", "team");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)\\}");

    private IngressBinder() {}

    static Optional<Cluster.Kubernetes.Ingress> bind(Fields cluster) {
        if (!cluster.has("ingress")) {
            return Optional.empty();
        }
        Fields ingress = cluster.below("ingress");
        String template = ingress.json("template").orElse("{}");
        return ingress.required("url", "add 'url: http://{job}.{team}.flink.example.com/'")
                .filter(url -> isUsable(url, ingress))
                .map(url -> new Cluster.Kubernetes.Ingress(url, template));
    }

    private static boolean isUsable(String url, Fields ingress) {
        Matcher placeholder = PLACEHOLDER.matcher(url);
        boolean isKnown = true;
        while (placeholder.find()) {
            isKnown &= KNOWN.contains(placeholder.group(1));
        }
        if (!isKnown || !NEEDED.stream().allMatch(url::contains)) {
            ingress.error(
                    "ingress-url",
                    "url",
                    "expected an address with {job} and {team}, which no two jobs share, and no"
                            + " other placeholders than {environment} and {namespace}, found \""
                            + url + "\"",
                    "write for example http://{job}.{team}.flink.example.com/");
            return false;
        }
        if (!isWeb(placeholder.replaceAll("x"))) {
            ingress.error(
                    "ingress-url",
                    "url",
                    "expected an address that begins with http:// or https:// and a host, without"
                            + " a user and without a question mark, found "
                            + (url.contains("@") ? "one with @" : "\"" + url + "\""),
                    "write for example https://flink.example.com/{team}/{job}/");
            return false;
        }
        return true;
    }

    private static boolean isWeb(String address) {
        try {
            URI uri = new URI(address);
            return List.of("http", "https").contains(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }
}
