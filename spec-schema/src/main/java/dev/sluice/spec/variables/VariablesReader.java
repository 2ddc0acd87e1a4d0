// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.variables;

import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.finding.NearestName;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.ScalarType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a {@code variables:} map: scalars, {@code {type, value}}, and groups of both. */
public final class VariablesReader {
    private static final List<String> FIELDS = List.of("type", "value");
    private static final List<String> TYPES =
            Arrays.stream(VariableType.values()).map(VariableType::word).toList();

    private final Findings findings;
    private final SortedMap<String, Declaration> declarations = new TreeMap<>();

    private VariablesReader(Findings findings) {
        this.findings = findings;
    }

    /** Dotted name to declaration. */
    public static SortedMap<String, Declaration> read(Node.Mapping variables, Findings findings) {
        VariablesReader reader = new VariablesReader(findings);
        reader.group("", variables);
        return Collections.unmodifiableSortedMap(reader.declarations);
    }

    private void group(String prefix, Node.Mapping group) {
        group.entries().forEach((key, entry) -> {
            String name = prefix.isEmpty() ? key : prefix + "." + key;
            one(name, entry);
        });
    }

    private void one(String name, Node.Entry entry) {
        if (entry.value() instanceof Node.Mapping mapping && !isTyped(mapping)) {
            group(name, mapping);
            return;
        }
        if (entry.value() instanceof Node.Mapping mapping) {
            typed(name, mapping, entry);
            return;
        }
        if (entry.value() instanceof Node.Scalar scalar && scalar.type() != ScalarType.NULL) {
            put(name, Optional.empty(), scalar, entry);
            return;
        }
        findings.error(
                "variable",
                entry.value().at(),
                "",
                "expected a value for variable '" + name + "', found "
                        + entry.value().describe(),
                "write a scalar, or {type: ..., value: ...}");
    }

    private static boolean isTyped(Node.Mapping mapping) {
        boolean value =
                mapping.find("value").filter(Node.Scalar.class::isInstance).isPresent();
        return value || mapping.text("type").filter(TYPES::contains).isPresent();
    }

    private void typed(String name, Node.Mapping mapping, Node.Entry entry) {
        mapping.entries().forEach((field, value) -> {
            if (!FIELDS.contains(field)) {
                findings.error(
                        "unknown-field",
                        value.key(),
                        "",
                        "unknown field '" + field + "' of variable '" + name + "'",
                        NearestName.suggest(field, FIELDS));
            }
        });
        Optional<Node> value = mapping.find("value");
        if (value.isEmpty()) {
            findings.error(
                    "missing-field",
                    entry.key(),
                    "",
                    "missing field 'value' of variable '" + name + "'",
                    "add 'value: ...'");
            return;
        }
        if (value.get() instanceof Node.Scalar scalar) {
            put(name, type(name, mapping), scalar, entry);
        }
    }

    private Optional<VariableType> type(String name, Node.Mapping mapping) {
        Optional<String> word = mapping.text("type");
        if (word.isEmpty()) {
            return Optional.empty();
        }
        Optional<VariableType> type = VariableType.of(word.get());
        if (type.isEmpty()) {
            findings.error(
                    "wrong-value",
                    mapping.find("type").orElse(mapping).at(),
                    "",
                    "expected a type for variable '" + name + "', found \"" + word.get() + "\"",
                    NearestName.suggest(word.get(), TYPES));
        }
        return type;
    }

    private void put(
            String name, Optional<VariableType> type, Node.Scalar value, Node.Entry entry) {
        Declaration first = declarations.putIfAbsent(
                name, new Declaration(name, type, value.text(), entry.key()));
        if (first != null) {
            findings.error(
                    "duplicate-key",
                    entry.key(),
                    "",
                    "found variable '" + name + "' twice, first in line "
                            + first.at().line(),
                    "keep one of them");
        }
    }
}
