// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.variables;

import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.Pointers;
import dev.sluice.spec.yaml.ScalarType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts variables into the fields of a specification. A field that is one reference and nothing else takes
 * the variable's type, so that {@code parallelism: ${p}} can be a number.
 */
public final class Substitution {
    private final Lookup lookup;
    private final Set<String> failed = new TreeSet<>();

    public Substitution(Scope scope, Findings findings) {
        this.lookup = new Lookup(scope, findings);
    }

    /** The same tree with every reference followed; what cannot be followed stays and is in {@link #failed}. */
    public Node.Mapping apply(Node.Mapping fields) {
        return (Node.Mapping) apply(fields, "");
    }

    /** Pointers of the values that hold a reference with a finding. */
    public Set<String> failed() {
        return failed;
    }

    /** As {@link #apply(Node.Mapping)}, for a text such as a pod template or one field. */
    public Optional<String> text(Node.Scalar scalar, String pointer) {
        Node node = apply(scalar, pointer);
        return failed.contains(pointer)
                ? Optional.empty()
                : Optional.of(((Node.Scalar) node).text());
    }

    private Node apply(Node node, String pointer) {
        if (node instanceof Node.Mapping mapping) {
            Map<String, Node.Entry> entries = new LinkedHashMap<>();
            mapping.entries()
                    .forEach((key, entry) -> entries.put(
                            key,
                            new Node.Entry(
                                    entry.key(),
                                    apply(entry.value(), Pointers.child(pointer, key)))));
            return new Node.Mapping(entries, mapping.at());
        }
        if (node instanceof Node.Sequence sequence) {
            List<Node> items = new ArrayList<>();
            for (int i = 0; i < sequence.items().size(); i++) {
                items.add(apply(sequence.items().get(i), pointer + "/" + i));
            }
            return new Node.Sequence(items, sequence.at());
        }
        Node.Scalar scalar = (Node.Scalar) node;
        boolean plain =
                scalar.type() != ScalarType.STRING || !Template.hasReferences(scalar.text());
        return plain ? scalar : substitute(scalar, pointer);
    }

    private Node substitute(Node.Scalar scalar, String pointer) {
        List<Part> parts = Template.parse(scalar.text());
        if (parts.size() == 1 && parts.get(0) instanceof Part.Variable variable) {
            Optional<Resolution.Value> value = lookup.value(variable.name(), scalar.at(), pointer);
            if (value.isPresent()) {
                return typed(value.get(), scalar, pointer);
            }
            failed.add(pointer);
            return scalar;
        }
        StringBuilder text = new StringBuilder();
        long secrets = 0;
        for (Part part : parts) {
            secrets += append(part, text, scalar, pointer);
        }
        return finished(text.toString(), secrets, scalar, pointer);
    }

    private long append(Part part, StringBuilder text, Node.Scalar scalar, String pointer) {
        if (part instanceof Part.Literal literal) {
            text.append(literal.text());
        } else if (part instanceof Part.Secret secret) {
            text.append(secret.reference());
            return 1;
        } else if (part instanceof Part.Malformed malformed) {
            lookup.malformed(malformed, scalar.at(), pointer);
            failed.add(pointer);
        } else if (part instanceof Part.Variable variable) {
            Optional<Resolution.Value> value = lookup.value(variable.name(), scalar.at(), pointer);
            value.ifPresentOrElse(known -> text.append(known.text()), () -> failed.add(pointer));
            return value.map(Resolution.Value::secrets).orElse(0L);
        }
        return 0;
    }

    private Node typed(Resolution.Value value, Node.Scalar scalar, String pointer) {
        Node node = finished(value.text(), value.secrets(), scalar, pointer);
        if (value.secrets() > 0) {
            return node;
        }
        return switch (value.type()) {
            case NUMBER -> new Node.Scalar(number(value.text()), value.text(), scalar.at());
            case BOOLEAN -> new Node.Scalar(ScalarType.BOOLEAN, value.text(), scalar.at());
            case STRING, IDENTIFIER, INTERVAL, HOST_PORTS -> node;
        };
    }

    private static ScalarType number(String text) {
        return text.matches("-?[0-9]+") ? ScalarType.INTEGER : ScalarType.FLOAT;
    }

    private Node finished(String text, long secrets, Node.Scalar scalar, String pointer) {
        if (lookup.smuggles(text, secrets, scalar.at(), pointer)) {
            failed.add(pointer);
        }
        return Node.Scalar.string(text, scalar.at());
    }
}
