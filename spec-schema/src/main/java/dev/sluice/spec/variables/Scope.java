// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.variables;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The variables one job sees, and the record of which it asked for. Lives for one rendering, used by one
 * thread: the answer to a name never changes within it.
 */
public final class Scope {
    private final List<SortedMap<String, Declaration>> layers;
    private final SortedMap<String, Resolution> resolved = new TreeMap<>();
    private final SortedSet<String> asked = new TreeSet<>();

    /**
     * A scope.
     *
     * @param layers weakest first
     */
    public Scope(List<SortedMap<String, Declaration>> layers) {
        this.layers = List.copyOf(layers);
    }

    /** Names asked for so far, directly or through other variables, defined or not. */
    public SortedSet<String> asked() {
        return new TreeSet<>(asked);
    }

    /** Every name that could be asked for. */
    public Set<String> known() {
        Set<String> names = new TreeSet<>();
        layers.forEach(layer -> names.addAll(layer.keySet()));
        return names;
    }

    /** The strongest declaration of a name. */
    public Optional<Declaration> declaration(String name) {
        for (int i = layers.size() - 1; i >= 0; i--) {
            Declaration declaration = layers.get(i).get(name);
            if (declaration != null) {
                return Optional.of(declaration);
            }
        }
        return Optional.empty();
    }

    public Resolution resolve(String name) {
        return resolve(name, new ArrayList<>());
    }

    private Resolution resolve(String name, List<String> path) {
        asked.add(name);
        Resolution known = resolved.get(name);
        if (known != null) {
            return known;
        }
        Optional<Declaration> declaration = declaration(name);
        if (declaration.isEmpty()) {
            return new Resolution.Undefined(name, path);
        }
        if (path.contains(name)) {
            return new Resolution.Cyclic(name, path.subList(path.indexOf(name), path.size()));
        }
        List<String> deeper = new ArrayList<>(path);
        deeper.add(name);
        Resolution result = evaluate(declaration.get(), deeper);
        if (path.isEmpty() || result instanceof Resolution.Value) {
            resolved.put(name, result);
        }
        return result;
    }

    private Resolution evaluate(Declaration declaration, List<String> path) {
        StringBuilder text = new StringBuilder();
        long secrets = 0;
        for (Part part : Template.parse(declaration.value())) {
            if (part instanceof Part.Literal literal) {
                text.append(literal.text());
            } else if (part instanceof Part.Secret secret) {
                text.append(secret.reference());
                secrets++;
            } else if (part instanceof Part.Malformed malformed) {
                return new Resolution.Malformed(declaration, malformed);
            } else if (part instanceof Part.Variable variable) {
                Resolution inner = resolve(variable.name(), path);
                if (!(inner instanceof Resolution.Value value)) {
                    return inner;
                }
                text.append(value.text());
                secrets += value.secrets();
            }
            if (text.length() > Resolution.LONGEST_VALUE) {
                return new Resolution.TooLong(declaration);
            }
        }
        return new Resolution.Value(declaration, type(declaration), text.toString(), secrets);
    }

    /** A bare scalar takes the type that a weaker layer declares for the name. */
    private VariableType type(Declaration strongest) {
        if (strongest.type().isPresent()) {
            return strongest.type().get();
        }
        for (int i = layers.size() - 1; i >= 0; i--) {
            Declaration weaker = layers.get(i).get(strongest.name());
            if (weaker != null && weaker.type().isPresent()) {
                return weaker.type().get();
            }
        }
        return VariableType.STRING;
    }

    /** Declarations whose type contradicts that of another layer, weaker ones first. */
    public List<Declaration> contradictions() {
        List<Declaration> contradictions = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (Map<String, Declaration> layer : layers) {
            for (Declaration declaration : layer.values()) {
                boolean contradicts = declaration.type().isPresent()
                        && declaration.type().get() != type(strongest(declaration.name()));
                if (contradicts && told.add(declaration.name())) {
                    contradictions.add(declaration);
                }
            }
        }
        return contradictions;
    }

    private Declaration strongest(String name) {
        return declaration(name).orElseThrow();
    }
}
