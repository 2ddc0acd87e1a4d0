// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.bind;

import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.finding.NearestName;
import dev.sluice.spec.yaml.JsonWriter;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.NodeValues;
import dev.sluice.spec.yaml.Pointers;
import dev.sluice.spec.yaml.ScalarType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The fields of one map, taken out by name and type. */
public final class Fields {
    private final Node.Mapping map;
    private final String pointer;
    private final Set<String> told;
    private final Findings findings;

    /**
     * Fields of a map.
     *
     * @param told pointers with a finding already: nothing more is said about them
     */
    public Fields(Node.Mapping map, String pointer, Set<String> told, Findings findings) {
        this.map = map;
        this.pointer = pointer;
        this.told = told;
        this.findings = findings;
    }

    public SourceLocation at() {
        return map.at();
    }

    public boolean has(String key) {
        return map.find(key).isPresent();
    }

    /** Whether the field is there, or was there and has a finding already. */
    public boolean isMentioned(String key) {
        return has(key) || told.contains(pointer) || told.contains(Pointers.child(pointer, key));
    }

    /** The fields of a map below; without it, an empty map at the place of this one. */
    public Fields below(String key) {
        Optional<Node> node = map.find(key);
        String child = Pointers.child(pointer, key);
        if (node.isPresent() && node.get() instanceof Node.Mapping mapping) {
            return new Fields(mapping, child, told, findings);
        }
        node.ifPresent(other -> wrong(key, "a map"));
        return new Fields(new Node.Mapping(Map.of(), map.at()), child, told, findings);
    }

    /** Names of the fields, in the order of the file. */
    public List<String> names() {
        return List.copyOf(map.entries().keySet());
    }

    public Optional<String> text(String key) {
        return typed(
                key,
                "text",
                scalar -> scalar.type() == ScalarType.STRING
                        ? Optional.of(scalar.text())
                        : Optional.empty());
    }

    /** Text that must be there. */
    public Optional<String> required(String key, String nextStep) {
        if (!isMentioned(key)) {
            missing(key, nextStep);
        }
        return text(key);
    }

    public Optional<Integer> integer(String key, int minimum) {
        return typed(
                key,
                "a whole number that is at least " + minimum,
                scalar -> integer(scalar).filter(value -> value >= minimum));
    }

    public Optional<Double> number(String key) {
        return typed(
                key,
                "a number above 0",
                scalar -> isNumber(scalar)
                        ? Optional.of(Double.parseDouble(scalar.text()))
                                .filter(value -> value > 0 && Double.isFinite(value))
                        : Optional.empty());
    }

    public Optional<Boolean> bool(String key) {
        return typed(
                key,
                "true or false",
                scalar -> scalar.type() == ScalarType.BOOLEAN
                        ? Optional.of(scalar.text().equalsIgnoreCase("true"))
                        : Optional.empty());
    }

    public Optional<Duration> duration(String key) {
        return typed(
                key, "a duration such as 30s or 10m", scalar -> Durations.parse(scalar.text()));
    }

    public <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
        Map<String, E> words = Words.of(type);
        return typed(
                key,
                String.join(" or ", words.keySet()),
                scalar -> Optional.ofNullable(words.get(scalar.text())));
    }

    /** A value that a function understands. */
    public <T> Optional<T> parsed(
            String key, String expected, Function<String, Optional<T>> parser) {
        return typed(key, expected, scalar -> parser.apply(scalar.text()));
    }

    /** Texts of a list; numbers and booleans as they are written. */
    public List<String> list(String key) {
        Optional<Node> node = map.find(key);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof Node.Sequence sequence)) {
            wrong(key, "a list");
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (Node item : sequence.items()) {
            if (item instanceof Node.Scalar scalar) {
                texts.add(scalar.text());
            }
        }
        return texts;
    }

    /** A map as JSON, whatever is in it. */
    public Optional<String> json(String key) {
        return map.find(key)
                .filter(Node.Mapping.class::isInstance)
                .map(node -> JsonWriter.write(NodeValues.of(node)));
    }

    /** Texts of a map by name; deeper maps and lists become dotted names. */
    public SortedMap<String, String> flat(String key) {
        SortedMap<String, String> flat = new TreeMap<>();
        map.find(key).ifPresent(node -> flatten(node, "", flat));
        return flat;
    }

    private static void flatten(Node node, String name, SortedMap<String, String> flat) {
        if (node instanceof Node.Mapping mapping) {
            String prefix = name.isEmpty() ? "" : name + ".";
            mapping.entries().forEach((key, entry) -> flatten(entry.value(), prefix + key, flat));
        } else if (node instanceof Node.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                flatten(sequence.items().get(i), name + "." + i, flat);
            }
        } else if (node instanceof Node.Scalar scalar && !name.isEmpty()) {
            flat.put(name, scalar.text());
        }
    }

    /** Where a field's value stands; without it, where the map stands. */
    public SourceLocation at(String key) {
        return map.find(key).map(Node::at).orElse(map.at());
    }

    public void missing(String key, String nextStep) {
        String where = pointer.isEmpty() ? "" : " in '" + dotted(pointer) + "'";
        error("missing-field", key, "missing field '" + key + "'" + where, nextStep);
    }

    public void error(String rule, String key, String message, String nextStep) {
        findings.error(rule, at(key), Pointers.child(pointer, key), message, nextStep);
    }

    private <T> Optional<T> typed(
            String key, String expected, Function<Node.Scalar, Optional<T>> reader) {
        Optional<Node> node = map.find(key);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        Optional<T> value =
                node.get() instanceof Node.Scalar scalar ? reader.apply(scalar) : Optional.empty();
        if (value.isEmpty()) {
            wrong(key, expected);
        }
        return value;
    }

    private void wrong(String key, String expected) {
        String child = Pointers.child(pointer, key);
        if (told.contains(child)) {
            return;
        }
        Node found = map.find(key).orElseThrow();
        String hint = found instanceof Node.Scalar scalar
                ? NearestName.of(scalar.text(), List.of(expected.split(" or ")))
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("write " + expected)
                : "write " + expected;
        error(
                "wrong-value",
                key,
                "expected " + expected + " for '" + dotted(child) + "', found " + found.describe(),
                hint);
    }

    /** Decimal only: nobody counts cores in hexadecimal. */
    private static boolean isNumber(Node.Scalar scalar) {
        boolean number = scalar.type() == ScalarType.INTEGER || scalar.type() == ScalarType.FLOAT;
        return number && scalar.text().matches("[-+0-9.eE]+");
    }

    private static Optional<Integer> integer(Node.Scalar scalar) {
        if (scalar.type() != ScalarType.INTEGER) {
            return Optional.empty();
        }
        try {
            return Optional.of(Integer.decode(scalar.text().replaceFirst("^0o", "0")));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    private static String dotted(String pointer) {
        return String.join(".", Pointers.names(pointer));
    }
}
