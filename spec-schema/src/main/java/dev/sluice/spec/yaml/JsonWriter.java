// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.yaml;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes maps, lists, texts, numbers, booleans and optional values (empty is null) as one line of JSON, which is YAML as well. */
public final class JsonWriter {
    private final StringBuilder out = new StringBuilder();

    private JsonWriter() {}

    public static String write(Object value) {
        JsonWriter writer = new JsonWriter();
        writer.value(value);
        return writer.out.toString();
    }

    private void value(Object value) {
        if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof List<?> list) {
            list(list);
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresentOrElse(this::value, () -> out.append("null"));
        } else {
            text(value.toString());
        }
    }

    private void map(Map<?, ?> map) {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            text(entry.getKey().toString());
            out.append(':');
            value(entry.getValue());
            separator = ",";
        }
        out.append(map.isEmpty() ? "{}" : "}");
    }

    private void list(List<?> list) {
        String separator = "[";
        for (Object item : list) {
            out.append(separator);
            value(item);
            separator = ",";
        }
        out.append(list.isEmpty() ? "[]" : "]");
    }

    private void text(String text) {
        out.append('"');
        text.chars().forEach(character -> character((char) character));
        out.append('"');
    }

    private void character(char character) {
        switch (character) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            default -> {
                boolean plain = character >= ' ' && character < 127
                        || character >= 0xA0 && character < 0xFFFE && !isAwkward(character);
                out.append(plain ? character : String.format("\\u%04x", (int) character));
            }
        }
    }

    /** Line separators and the byte order mark mean something to YAML. */
    private static boolean isAwkward(char character) {
        return character == 0x2028 || character == 0x2029 || character == 0xFEFF;
    }
}
