// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.yaml;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes maps, lists, texts, numbers and booleans as YAML for people: block style, two spaces. A text
 * is quoted unless every YAML reader, of 1.1 too, takes it for text.
 */
public final class YamlWriter {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][-A-Za-z0-9_./@]*");
    private static final Pattern WORDS =
            Pattern.compile("(?i)true|false|yes|no|on|off|y|n|null", Pattern.CASE_INSENSITIVE);
    private static final String INK = "!-~\u00a1-\u2027\u2030-\ud7ff";
    /** What stands in a literal block unchanged: whole lines, the first without an indentation. */
    private static final Pattern LINES =
            Pattern.compile("[" + INK + "][ " + INK + "]*\\n(?:[ " + INK + "]*\\n)*");

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    /** The map as a document, ended by a line feed. */
    public static String write(Map<?, ?> map) {
        YamlWriter writer = new YamlWriter();
        writer.map(map, "");
        return writer.out.toString();
    }

    private void map(Map<?, ?> map, String indent) {
        map.forEach((key, value) -> {
            out.append(indent).append(plain(key.toString())).append(':');
            below(value, indent);
        });
    }

    private void below(Object value, String indent) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append('\n');
            map(map, indent + "  ");
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            out.append('\n');
            list.forEach(item -> item(item, indent + "  "));
        } else if (value instanceof String text && LINES.matcher(text).matches()) {
            out.append(' ').append(block(text, indent + "  "));
        } else {
            out.append(' ').append(scalar(value)).append('\n');
        }
    }

    /** An item that is a map begins on the line of its dash. */
    private void item(Object item, String indent) {
        if (item instanceof Map<?, ?> map && !map.isEmpty()) {
            int start = out.length();
            map(map, indent + "  ");
            out.replace(start, start + indent.length() + 2, indent + "- ");
        } else {
            out.append(indent).append('-');
            below(item, indent);
        }
    }

    private static String block(String text, String indent) {
        StringBuilder block = new StringBuilder(text.endsWith("\n\n") ? "|+\n" : "|\n");
        text.lines()
                .forEach(line ->
                        block.append(line.isEmpty() ? "" : indent + line).append('\n'));
        return block.toString();
    }

    private static String scalar(Object value) {
        if (value instanceof String text) {
            return plain(text);
        }
        return value instanceof Optional<?> optional && optional.isPresent()
                ? scalar(optional.get())
                : JsonWriter.write(value);
    }

    private static String plain(String text) {
        boolean isPlain = PLAIN.matcher(text).matches() && !WORDS.matcher(text).matches();
        return isPlain ? text : JsonWriter.write(text);
    }
}
