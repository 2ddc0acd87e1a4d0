// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.everit.json.schema.EnumSchema;
import org.everit.json.schema.ObjectSchema;
import org.everit.json.schema.Schema;
import org.everit.json.schema.StringSchema;
import org.everit.json.schema.ValidationException;

/**
 * One thing a document does wrong, freed from the validator's types.
 *
 * @param pointer JSON pointer of the value
 * @param keyword keyword of the schema that is violated
 * @param detail the validator's own words
 * @param choices known field names or allowed values, where that helps
 * @param subject the field that is missing or unknown, or the pattern that does not match
 */
record Violation(
        String pointer, String keyword, String detail, List<String> choices, String subject) {

    /** The leaves of the validator's tree, alternatives of other types left out. */
    static List<Violation> flatten(ValidationException top) {
        List<Violation> leaves = new ArrayList<>();
        collect(top, leaves);
        Set<String> mistyped = new TreeSet<>();
        leaves.stream()
                .filter(leaf -> leaf.keyword().equals("type"))
                .forEach(leaf -> mistyped.add(leaf.pointer()));
        leaves.removeIf(leaf -> leaf.keyword().equals("enum") && mistyped.contains(leaf.pointer()));
        return leaves;
    }

    private static void collect(ValidationException violation, List<Violation> leaves) {
        List<ValidationException> causes = violation.getCausingExceptions();
        if (causes.isEmpty()) {
            leaves.add(of(violation));
            return;
        }
        if (!"anyOf".equals(violation.getKeyword())) {
            causes.forEach(cause -> collect(cause, leaves));
            return;
        }
        List<ValidationException> fitting =
                causes.stream().filter(cause -> !isOtherType(cause, violation)).toList();
        if (fitting.stream().allMatch(Violation::asksForVariable)) {
            leaves.add(wrongType(violation, causes));
            return;
        }
        fitting.forEach(cause -> collect(cause, leaves));
    }

    /** A union of types is an alternative of schemas; the ones for other types only make noise. */
    private static boolean isOtherType(ValidationException cause, ValidationException union) {
        return "type".equals(cause.getKeyword())
                && cause.getPointerToViolation().equals(union.getPointerToViolation());
    }

    /** Text where a number belongs passes only as a reference; to people that is a wrong type. */
    private static boolean asksForVariable(ValidationException cause) {
        return cause.getViolatedSchema() instanceof StringSchema text
                && text.getPattern() != null
                && text.getPattern().toString().equals("^\\$\\{[^{}]+\\}$");
    }

    private static Violation wrongType(
            ValidationException union, List<ValidationException> causes) {
        List<String> types = causes.stream()
                .filter(cause -> "type".equals(cause.getKeyword()) && !asksForVariable(cause))
                .map(cause -> expectedType(cause.getErrorMessage()))
                .toList();
        String pattern = causes.stream()
                .map(ValidationException::getViolatedSchema)
                .filter(StringSchema.class::isInstance)
                .map(schema -> subject(schema, ""))
                .sorted()
                .findFirst()
                .orElse("");
        return new Violation(path(union), "type", union.getErrorMessage(), types, pattern);
    }

    private static Violation of(ValidationException leaf) {
        Schema schema = leaf.getViolatedSchema();
        String keyword = String.valueOf(leaf.getKeyword());
        String detail = leaf.getErrorMessage();
        return new Violation(
                path(leaf),
                keyword,
                detail,
                choices(schema, keyword, detail),
                subject(schema, detail));
    }

    private static List<String> choices(Schema schema, String keyword, String detail) {
        if (keyword.equals("type")) {
            return List.of(expectedType(detail));
        }
        if (schema instanceof ObjectSchema object) {
            return List.copyOf(new TreeSet<>(object.getPropertySchemas().keySet()));
        }
        if (schema instanceof EnumSchema values) {
            Stream<Object> all = values.getPossibleValuesAsList().stream();
            return all.filter(String.class::isInstance).map(String.class::cast).toList();
        }
        return List.of();
    }

    private static String subject(Schema schema, String detail) {
        String marker = "does not match pattern ";
        int pattern = detail.indexOf(marker);
        if (pattern >= 0) {
            return detail.substring(pattern + marker.length());
        }
        if (schema instanceof StringSchema text && text.getPattern() != null) {
            return text.getPattern().toString();
        }
        int open = detail.indexOf('[');
        int close = detail.lastIndexOf(']');
        return open >= 0 && close > open ? detail.substring(open + 1, close) : "";
    }

    /** From {@code expected type: Integer, found: String}. */
    private static String expectedType(String detail) {
        int comma = detail.indexOf(',');
        String prefix = "expected type: ";
        boolean usual = detail.startsWith(prefix) && comma > 0;
        return usual ? detail.substring(prefix.length(), comma) : "null";
    }

    private static String path(ValidationException violation) {
        return violation.getPointerToViolation().substring(1);
    }
}
