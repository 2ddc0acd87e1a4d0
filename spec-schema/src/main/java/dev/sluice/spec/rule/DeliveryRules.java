// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.rule;

import dev.sluice.spec.bind.Fields;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code kubernetes: {artifacts: ...}} has to say for each way of delivery, and what it may not. */
final class DeliveryRules {
    private static final String USUAL = "state";
    private static final Map<String, List<String>> TAKEN = Map.of(
            "initFetch", List.of("maven", "secret"),
            "pvc", List.of("claim", "path"),
            "hostPath", List.of("path"),
            "image", List.of("path"));
    private static final Map<String, String> NEEDED =
            Map.of("pvc", "claim", "hostPath", "path", "image", "path");

    private final Fields artifacts;

    DeliveryRules(Fields artifacts) {
        this.artifacts = artifacts;
    }

    void check() {
        String way = artifacts.text("delivery").orElse(USUAL);
        List<String> taken = TAKEN.getOrDefault(way, List.of());
        artifacts.names().stream()
                .filter(name -> !name.equals("delivery") && !taken.contains(name))
                .forEach(name -> artifacts.error(
                        "not-offered",
                        name,
                        "'" + name + "' means nothing to 'delivery: " + way + "'",
                        "remove it, or correct 'delivery'"));
        Optional.ofNullable(NEEDED.get(way))
                .ifPresent(name -> artifacts.required(name, "add '" + name + ": ...'"));
        artifacts
                .text("maven")
                .filter(address -> !isAddress(address))
                .ifPresent(address -> artifacts.error(
                        "wrong-value",
                        "maven",
                        "expected the address of a Maven repository, found \"" + address + "\"",
                        "write it as https://maven.example.com/releases"));
        if (way.equals("hostPath") || way.equals("image")) {
            artifacts
                    .text("path")
                    .filter(path -> !path.startsWith("/"))
                    .ifPresent(path -> artifacts.error(
                            "wrong-value",
                            "path",
                            "expected a path that begins with /, found \"" + path + "\"",
                            "write the whole path"));
        }
    }

    private static boolean isAddress(String text) {
        try {
            return new URI(text).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
