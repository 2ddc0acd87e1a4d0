// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A node tree as plain maps, lists, texts, numbers and booleans, for {@link JsonWriter}. */
public final class NodeValues {
    private NodeValues() {}

    public static Object of(Node node) {
        if (node instanceof Node.Mapping mapping) {
            Map<String, Object> map = new LinkedHashMap<>();
            mapping.entries().forEach((key, entry) -> map.put(key, of(entry.value())));
            return map;
        }
        if (node instanceof Node.Sequence sequence) {
            return sequence.items().stream().map(NodeValues::of).toList();
        }
        return scalar((Node.Scalar) node);
    }

    private static Object scalar(Node.Scalar scalar) {
        String text = scalar.text();
        return switch (scalar.type()) {
            case STRING -> text;
            case NULL -> Optional.empty();
            case BOOLEAN -> Boolean.parseBoolean(text);
            case INTEGER -> text.matches("[-+]?[0-9]+") ? (Object) new BigInteger(text) : text;
            case FLOAT -> text.matches("[-+0-9.eE]+") ? (Object) new BigDecimal(text) : text;
        };
    }
}
