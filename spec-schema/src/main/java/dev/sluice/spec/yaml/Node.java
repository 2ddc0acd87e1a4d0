// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.yaml;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.SourceLocation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A piece of a document and where it stands. */
public sealed interface Node {
    /** Where the node begins. */
    SourceLocation at();

    /** The node in the words of an error: {@code text "abc"}, {@code number 1.20}, {@code a list}. */
    String describe();

    /**
     * One value.
     *
     * @param type by the YAML 1.2 core rules
     * @param text the value as it was written; nothing is lost for numbers such as {@code 1.20}
     */
    record Scalar(ScalarType type, String text, SourceLocation at) implements Node {
        public Scalar {
            requireNonNull(type, "type is null");
            requireNonNull(text, "text is null");
            requireNonNull(at, "at is null");
        }

        public static Scalar string(String text, SourceLocation at) {
            return new Scalar(ScalarType.STRING, text, at);
        }

        @Override
        public String describe() {
            return type.describe(text);
        }
    }

    /** A list. */
    record Sequence(List<Node> items, SourceLocation at) implements Node {
        public Sequence {
            items = List.copyOf(items);
            requireNonNull(at, "at is null");
        }

        @Override
        public String describe() {
            return "a list";
        }
    }

    /** A map with text keys, in the order of the file. */
    record Mapping(Map<String, Entry> entries, SourceLocation at) implements Node {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
            requireNonNull(at, "at is null");
        }

        public Optional<Node> find(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }

        /** The text of a scalar below this map, whatever its type. */
        public Optional<String> text(String key) {
            return find(key).filter(Scalar.class::isInstance).map(node -> ((Scalar) node).text());
        }

        public Mapping with(String key, Entry entry) {
            Map<String, Entry> changed = new LinkedHashMap<>(entries);
            changed.put(key, entry);
            return new Mapping(changed, at);
        }

        public Mapping without(String key) {
            Map<String, Entry> changed = new LinkedHashMap<>(entries);
            changed.remove(key);
            return new Mapping(changed, at);
        }

        @Override
        public String describe() {
            return "a map";
        }
    }

    /** A value of a map and where its key stands. */
    record Entry(SourceLocation key, Node value) {
        public Entry {
            requireNonNull(key, "key is null");
            requireNonNull(value, "value is null");
        }
    }
}
