// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.schema;

import dev.sluice.spec.yaml.Node;
import java.math.BigInteger;
import org.json.JSONArray;
import org.json.JSONObject;

/** Nodes in the shape the validator wants. */
final class JsonValues {
    private JsonValues() {}

    static Object of(Node node) {
        if (node instanceof Node.Mapping mapping) {
            JSONObject object = new JSONObject();
            mapping.entries().forEach((key, entry) -> object.put(key, of(entry.value())));
            return object;
        }
        if (node instanceof Node.Sequence sequence) {
            JSONArray array = new JSONArray();
            sequence.items().forEach(item -> array.put(of(item)));
            return array;
        }
        return scalar((Node.Scalar) node);
    }

    private static Object scalar(Node.Scalar scalar) {
        return switch (scalar.type()) {
            case STRING -> scalar.text();
            case NULL -> JSONObject.NULL;
            case BOOLEAN -> scalar.text().equalsIgnoreCase("true");
            case INTEGER -> integer(scalar.text());
            case FLOAT -> number(scalar.text());
        };
    }

    private static Object integer(String text) {
        if (text.startsWith("0x")) {
            return new BigInteger(text.substring(2), 16);
        }
        if (text.startsWith("0o")) {
            return new BigInteger(text.substring(2), 8);
        }
        return new BigInteger(text.startsWith("+") ? text.substring(1) : text);
    }

    /** Infinity has no JSON form; as text it fails the type check like any other wrong value. */
    private static Object number(String text) {
        if (text.toLowerCase(java.util.Locale.ROOT).matches("[-+]?\\.(inf|nan)")) {
            return text;
        }
        double value = Double.parseDouble(text);
        return Double.isInfinite(value) ? text : value;
    }
}
