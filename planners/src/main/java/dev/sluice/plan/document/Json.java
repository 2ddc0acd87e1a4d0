// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.document;

import java.util.List;
import java.util.Map;

/** Writes JSON values as text (RFC 8259), without spaces, in the order given. */
final class Json {
    private Json() {}

    static String text(String value) {
        StringBuilder json = new StringBuilder("\"");
        value.chars().forEach(character -> json.append(escaped((char) character)));
        return json.append('"').toString();
    }

    /** An array of values that are JSON already. */
    static String array(List<String> values) {
        return "[" + String.join(",", values) + "]";
    }

    static String texts(List<String> values) {
        return array(values.stream().map(Json::text).toList());
    }

    /** An object whose values are JSON already. */
    static String object(List<Map.Entry<String, String>> members) {
        return "{"
                + String.join(
                        ",",
                        members.stream()
                                .map(member -> text(member.getKey()) + ":" + member.getValue())
                                .toList())
                + "}";
    }

    /** Control characters, and those that would end a script element or a line of JavaScript. */
    private static String escaped(char character) {
        return switch (character) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                isPlain(character)
                        ? String.valueOf(character)
                        : String.format("\\u%04x", (int) character);
        };
    }

    private static boolean isPlain(char character) {
        return character >= ' '
                && character != '<'
                && character != '>'
                && character != '\u2028'
                && character != '\u2029'
                && !Character.isSurrogate(character);
    }
}
