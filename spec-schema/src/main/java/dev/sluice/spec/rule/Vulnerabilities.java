// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.rule;

import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.YamlLimits;
import dev.sluice.spec.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The published weaknesses of Flink that Sluice knows: {@code flink-vulnerabilities.yaml}. */
public final class Vulnerabilities {
    private static final String FILE = "flink-vulnerabilities.yaml";

    /** By their ids. */
    public static final List<Vulnerability> KNOWN = read();

    private Vulnerabilities() {}

    private static List<Vulnerability> read() {
        List<Vulnerability> known = new ArrayList<>();
        document().entries().forEach((id, entry) -> known.add(vulnerability(id, entry.value())));
        return List.copyOf(known);
    }

    private static Vulnerability vulnerability(String id, Node node) {
        Node.Mapping map = (Node.Mapping) node;
        SortedMap<String, List<String>> words = new TreeMap<>();
        ((Node.Mapping) map.find("words").orElseThrow())
                .entries()
                .forEach((since, entry) -> words.put(since, texts(entry.value())));
        return new Vulnerability(
                id,
                map.text("summary").orElseThrow(),
                map.text("from").orElseThrow(),
                texts(map.find("fixed").orElseThrow()),
                words);
    }

    private static List<String> texts(Node node) {
        return ((Node.Sequence) node)
                .items().stream().map(item -> ((Node.Scalar) item).text()).toList();
    }

    private static Node.Mapping document() {
        Findings findings = new Findings();
        try (InputStream in = Vulnerabilities.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            return new YamlReader(YamlLimits.DEFAULT)
                    .read(FILE, in.readAllBytes(), findings)
                    .orElseThrow(
                            () -> new IllegalStateException(findings.toList().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
