// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.sql;

import dev.sluice.spec.variables.Resolution;
import dev.sluice.spec.variables.VariableType;
import java.util.Locale;
import java.util.Optional;

/** The SQL that one variable becomes in one place, or why it may not stand there. */
final class SqlValue {
    record Refusal(String message, String nextStep) {}

    record Rendered(String sql, Optional<Refusal> refusal) {}

    private static final String TYPES = "identifier, number, boolean or interval";

    private SqlValue() {}

    /**
     * Renders a value.
     *
     * @param hint whether the place is inside a hint comment
     * @param before what the script says so far
     * @param next the character behind the reference
     */
    static Rendered render(
            Resolution.Value value, SqlPlace place, boolean hint, SqlOutput before, char next) {
        return switch (place) {
            case LITERAL -> literal(value, hint);
            case IDENTIFIER -> quotedIdentifier(value);
            case CODE -> code(value, before, next);
            case DOUBLE_QUOTES, ESCAPE ->
                refuse(
                        name(value) + " may not stand " + place.words(),
                        place == SqlPlace.ESCAPE
                                ? "write the character itself"
                                : "use '...' or `...`");
        };
    }

    private static Rendered literal(Resolution.Value value, boolean hint) {
        String text = value.text();
        if (text.chars().anyMatch(Character::isISOControl)) {
            return refuse(
                    "expected " + name(value) + " without line breaks and control characters",
                    "remove them from the value");
        }
        if (hint && (text.contains("*/") || text.contains("/*"))) {
            return refuse(
                    "expected " + name(value) + " without /* and */, because it stands in a hint",
                    "change the value");
        }
        return accept(text.replace("'", "''"));
    }

    private static Rendered quotedIdentifier(Resolution.Value value) {
        if (value.type() != VariableType.IDENTIFIER || value.secrets() > 0) {
            return refuse(
                    "expected a variable of type identifier inside `...`, found " + name(value)
                            + " of type " + value.type().word(),
                    "declare it as {type: identifier, value: ...}");
        }
        if (value.text().contains(".")) {
            return refuse(
                    "expected one identifier inside `...`, found \"" + value.text() + "\"",
                    "remove the backticks, or use one variable for each part");
        }
        return accept(value.text());
    }

    private static Rendered code(Resolution.Value value, SqlOutput before, char next) {
        if (value.secrets() > 0) {
            return refuse(
                    name(value) + " holds a secret and may stand only inside '...'",
                    "put the reference into quotes");
        }
        boolean joined = SqlOutput.isWordPart(before.last()) || SqlOutput.isWordPart(next);
        String text = value.text();
        return switch (value.type()) {
            case IDENTIFIER -> joined && text.contains(".") ? joined(value) : accept(text);
            case NUMBER ->
                joined && !text.matches("[0-9]+")
                        ? joined(value)
                        : accept(text.startsWith("-") ? " " + text : text);
            case BOOLEAN -> joined ? joined(value) : accept(text.toUpperCase(Locale.ROOT));
            case INTERVAL -> joined ? joined(value) : accept(interval(text, before));
            case STRING, HOST_PORTS ->
                refuse(
                        "expected a variable of type " + TYPES + " outside of quotes, found "
                                + name(value) + " of type " + value.type().word(),
                        "write '${" + value.declaration().name()
                                + "}' in quotes, or declare its type");
        };
    }

    private static String interval(String text, SqlOutput before) {
        String[] words = text.toUpperCase(Locale.ROOT).split(" ");
        String literal = "'" + words[0] + "' " + words[1];
        return before.lastWord().equalsIgnoreCase("INTERVAL") ? literal : "INTERVAL " + literal;
    }

    private static Rendered joined(Resolution.Value value) {
        return refuse(
                "expected white space around " + name(value) + ", whose value \"" + value.text()
                        + "\" cannot be part of a word",
                "separate it from its neighbours");
    }

    private static String name(Resolution.Value value) {
        return "variable '" + value.declaration().name() + "'";
    }

    private static Rendered accept(String sql) {
        return new Rendered(sql, Optional.empty());
    }

    private static Rendered refuse(String message, String nextStep) {
        return new Rendered("", Optional.of(new Refusal(message, nextStep)));
    }
}
