// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.layer;

import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.Pointers;
import dev.sluice.spec.yaml.ScalarType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Flink accepts {@code a.b: 1} and {@code a: {b: 1}} (config.yaml since 1.19). Layers are compared in the
 * flat spelling, so that one overrides the other.
 */
public final class FlatConfiguration {
    private static final String FIELD = "configuration";

    private final Findings findings;
    private final Map<String, Node.Entry> flat = new LinkedHashMap<>();

    private FlatConfiguration(Findings findings) {
        this.findings = findings;
    }

    /** The same fields with a flat {@code configuration}. */
    public static Node.Mapping flatten(Node.Mapping fields, Findings findings) {
        Node.Entry entry = fields.entries().get(FIELD);
        if (entry == null || !(entry.value() instanceof Node.Mapping nested)) {
            return fields;
        }
        FlatConfiguration flattening = new FlatConfiguration(findings);
        flattening.collect("", nested);
        Node.Mapping flat = new Node.Mapping(flattening.flat, nested.at());
        return fields.with(FIELD, new Node.Entry(entry.key(), flat));
    }

    private void collect(String prefix, Node.Mapping nested) {
        nested.entries().forEach((key, entry) -> {
            String name = prefix.isEmpty() ? key : prefix + "." + key;
            if (entry.value() instanceof Node.Mapping deeper) {
                collect(name, deeper);
                return;
            }
            put(name, entry);
        });
    }

    private void put(String name, Node.Entry entry) {
        Node.Entry first = flat.putIfAbsent(name, new Node.Entry(entry.key(), leaf(entry.value())));
        if (first != null) {
            findings.error(
                    "duplicate-key",
                    entry.key(),
                    Pointers.child("/" + FIELD, name),
                    "found the configuration key '" + name + "' twice, first in line "
                            + first.key().line(),
                    "keep one of them");
        }
    }

    /** Flink joins lists with semicolons. */
    private static Node leaf(Node value) {
        if (!(value instanceof Node.Sequence sequence)) {
            return value;
        }
        String joined = sequence.items().stream()
                .map(item -> item instanceof Node.Scalar scalar ? scalar.text() : item.describe())
                .collect(Collectors.joining(";"));
        return new Node.Scalar(ScalarType.STRING, joined, value.at());
    }
}
