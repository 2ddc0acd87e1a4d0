// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.schema;

import com.google.re2j.Pattern;
import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.finding.NearestName;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.Pointers;
import dev.sluice.spec.yaml.ScalarType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Says one violation in the words of a data engineer. */
final class ViolationReport {
    private static final Set<String> ONLY_IN_OVERLAYS =
            Set.of("restore", "adopt", "ignoreUnmanaged");

    private final Node.Mapping document;
    private final Violation violation;

    ViolationReport(Node.Mapping document, Violation violation) {
        this.document = document;
        this.violation = violation;
    }

    /** Adds the finding; gives the pointer of the part to leave out, unless it is merely missing. */
    Optional<String> tell(Findings findings) {
        return switch (violation.keyword()) {
            case "additionalProperties" -> unknownField(findings);
            case "required" -> missingField(findings);
            case "type" -> wrongType(findings);
            case "enum" -> wrongChoice(findings);
            case "pattern" -> wrongForm(findings);
            default -> other(findings);
        };
    }

    private Optional<String> unknownField(Findings findings) {
        String field = violation.subject();
        String pointer = Pointers.child(violation.pointer(), field);
        boolean misplaced = ONLY_IN_OVERLAYS.contains(field);
        findings.error(
                misplaced ? "only-in-overlay" : "unknown-field",
                Pointers.locateKey(document, pointer),
                pointer,
                misplaced
                        ? "field '" + field + "' is legal only inside 'environments.<env>' of a job"
                        : "unknown field '" + field + "'" + inside(),
                misplaced
                        ? "move it there, so that promotion never replays it elsewhere"
                        : NearestName.suggest(field, violation.choices()));
        return Optional.of(pointer);
    }

    private Optional<String> missingField(Findings findings) {
        String field = violation.subject();
        String pointer = Pointers.child(violation.pointer(), field);
        findings.error(
                "missing-field",
                Pointers.locateKey(document, violation.pointer()),
                pointer,
                "missing field '" + field + "'" + inside(),
                "add '" + field + ": " + (field.equals("apiVersion") ? "sluice/v1" : "...") + "'");
        return Optional.of(pointer);
    }

    private Optional<String> wrongType(Findings findings) {
        Optional<Node> found = value();
        String types = String.join(
                " or ",
                violation.choices().stream()
                        .filter(type -> !type.equalsIgnoreCase("null"))
                        .map(ViolationReport::plainType)
                        .distinct()
                        // The validator's own order differs between runs.
                        .sorted()
                        .toList());
        if (!types.equals("text")) {
            return refuse(findings, "wrong-type", types, "write " + types);
        }
        Optional<String> quoted = found.flatMap(this::quoted);
        Form form = Form.of(violation.subject());
        boolean formed = quoted.isEmpty() && !violation.subject().isEmpty();
        return refuse(
                findings,
                "wrong-type",
                formed ? form.expected() : types,
                formed ? form.nextStep() : quoted.orElse("write text"));
    }

    /** Quotes help where the text itself would be right. */
    private Optional<String> quoted(Node node) {
        boolean fits = node instanceof Node.Scalar scalar
                && scalar.type() != ScalarType.NULL
                && (violation.subject().isEmpty()
                        || Pattern.matches(violation.subject(), scalar.text()));
        return fits
                ? Optional.of("write \"" + ((Node.Scalar) node).text() + "\" in quotes")
                : Optional.empty();
    }

    private static String plainType(String type) {
        return switch (type) {
            case "String" -> "text";
            case "Integer" -> "a whole number";
            case "Number" -> "a number";
            case "Boolean" -> "true or false";
            case "JSONObject" -> "a map";
            case "JSONArray" -> "a list";
            default -> type.toLowerCase(Locale.ROOT);
        };
    }

    private Optional<String> wrongChoice(Findings findings) {
        List<String> choices = violation.choices();
        String found = value().filter(Node.Scalar.class::isInstance)
                .map(node -> ((Node.Scalar) node).text())
                .orElse("");
        String expected = choices.isEmpty() ? "true" : String.join(" or ", choices);
        return refuse(
                findings,
                "wrong-value",
                expected,
                NearestName.of(found, choices)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("use one of these words"));
    }

    private Optional<String> wrongForm(Findings findings) {
        Form form = Form.of(violation.subject());
        return refuse(findings, "wrong-form", form.expected(), form.nextStep());
    }

    private Optional<String> other(Findings findings) {
        return refuse(findings, "wrong-value", limit(), "correct the value");
    }

    private String limit() {
        String detail = violation.detail();
        String amount = detail.replaceFirst("(?s).*(?:equal to|maxLength:|minLength:) ", "")
                .replaceFirst(",.*", "");
        return switch (violation.keyword()) {
            case "minimum" -> "a number that is at least " + amount;
            case "maxLength" -> "at most " + amount + " characters";
            case "minLength" -> "at least " + amount + " characters";
            case "minItems", "minProperties" -> "at least one entry";
            default -> detail;
        };
    }

    /** Values that hold a variable are checked after it has been substituted. */
    private Optional<String> refuse(
            Findings findings, String rule, String expected, String nextStep) {
        Optional<Node> found = value();
        boolean variable = found.isPresent()
                && found.get() instanceof Node.Scalar scalar
                && scalar.type() == ScalarType.STRING
                && scalar.text().contains("${");
        if (variable) {
            return Optional.empty();
        }
        SourceLocation at = Pointers.locate(document, violation.pointer());
        findings.error(
                rule,
                at,
                violation.pointer(),
                "expected " + expected + label() + ", found "
                        + found.map(Node::describe).orElse("nothing"),
                nextStep);
        return Optional.of(violation.pointer());
    }

    private Optional<Node> value() {
        return Pointers.find(document, violation.pointer());
    }

    private String label() {
        return violation.pointer().isEmpty() ? "" : " for '" + dotted() + "'";
    }

    private String inside() {
        return violation.pointer().isEmpty() ? "" : " in '" + dotted() + "'";
    }

    private String dotted() {
        return String.join(".", Pointers.names(violation.pointer()));
    }
}
