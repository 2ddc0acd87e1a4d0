// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.schema;

import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.finding.NearestName;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.Pointers;
import dev.sluice.spec.yaml.ScalarType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says one violation in the words of a data engineer. */
final class ViolationReport {
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
        findings.error(
                "unknown-field",
                Pointers.locateKey(document, pointer),
                pointer,
                "unknown field '" + field + "'" + inside(),
                NearestName.suggest(field, violation.choices()));
        return Optional.of(pointer);
    }

    private Optional<String> missingField(Findings findings) {
        String field = violation.subject();
        findings.error(
                "missing-field",
                Pointers.locateKey(document, violation.pointer()),
                Pointers.child(violation.pointer(), field),
                "missing field '" + field + "'" + inside(),
                "add '" + field + ": ...'" + example(field));
        return Optional.empty();
    }

    private String example(String field) {
        return switch (field) {
            case "apiVersion" -> ", with the value sluice/v1";
            case "kind" -> ", such as kind: Job";
            default -> "";
        };
    }

    private Optional<String> wrongType(Findings findings) {
        Optional<Node> found = value();
        List<String> types = violation.choices().stream()
                .filter(type -> !type.equalsIgnoreCase("null"))
                .toList();
        String expected = String.join(
                " or ",
                types.stream()
                        .filter(type -> types.size() == 1 || !type.equals("String"))
                        .map(ViolationReport::plainType)
                        .distinct()
                        .toList());
        return refuse(
                findings,
                "wrong-type",
                expected,
                found.filter(node -> expected.equals("text"))
                        .flatMap(ViolationReport::quoted)
                        .orElse("write " + expected));
    }

    private static Optional<String> quoted(Node node) {
        if (node instanceof Node.Scalar scalar && scalar.type() != ScalarType.NULL) {
            return Optional.of("write \"" + scalar.text() + "\" in quotes");
        }
        return Optional.empty();
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
        return switch (violation.keyword()) {
            case "minimum" ->
                "a value that "
                        + detail.substring(detail.indexOf("is not ") + 7)
                                .replace("greater or equal to", "is at least");
            case "maxLength", "minLength" -> "a length within the limits (" + detail + ")";
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
