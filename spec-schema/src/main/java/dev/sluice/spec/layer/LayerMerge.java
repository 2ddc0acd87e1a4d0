// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.layer;

import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.Pointers;
import dev.sluice.spec.yaml.ScalarType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lays stronger layers over weaker ones. */
public final class LayerMerge {
    private final SortedMap<String, Origin> origins = new TreeMap<>();

    private LayerMerge() {}

    /**
     * Merges layers.
     *
     * @param layers weakest first, at least one
     */
    public static Merged merge(List<Layer> layers) {
        LayerMerge merge = new LayerMerge();
        Layer strongest = layers.get(layers.size() - 1);
        Node.Mapping result = new Node.Mapping(Map.of(), strongest.fields().at());
        for (Layer layer : layers) {
            result = merge.over(result, layer.fields(), layer.level(), "");
        }
        return new Merged(result, merge.origins);
    }

    private Node.Mapping over(
            Node.Mapping weaker, Node.Mapping stronger, Layer.Level level, String pointer) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>(weaker.entries());
        stronger.entries().forEach((key, entry) -> {
            String child = Pointers.child(pointer, key);
            if (entry.value() instanceof Node.Scalar scalar && scalar.type() == ScalarType.NULL) {
                entries.remove(key);
                forget(child);
                return;
            }
            Node.Entry below = entries.get(key);
            entries.put(
                    key, new Node.Entry(entry.key(), value(below, entry.value(), level, child)));
        });
        return new Node.Mapping(entries, stronger.at());
    }

    private Node value(Node.Entry below, Node stronger, Layer.Level level, String pointer) {
        if (stronger instanceof Node.Mapping mapping) {
            boolean merges = below != null && below.value() instanceof Node.Mapping;
            Node.Mapping weaker = merges
                    ? (Node.Mapping) below.value()
                    : new Node.Mapping(Map.of(), mapping.at());
            if (!merges) {
                forget(pointer);
            }
            return over(weaker, mapping, level, pointer);
        }
        Optional<Origin> overrode = forget(pointer);
        origins.put(pointer, new Origin(stronger.at(), level, written(stronger), overrode));
        return stronger;
    }

    /** Drops the origins at and below a pointer; gives the one at the pointer itself. */
    private Optional<Origin> forget(String pointer) {
        origins.subMap(pointer + "/", pointer + "0").clear();
        return Optional.ofNullable(origins.remove(pointer));
    }

    private static String written(Node node) {
        if (node instanceof Node.Sequence sequence) {
            return sequence.items().stream()
                    .map(LayerMerge::written)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return node instanceof Node.Scalar scalar ? scalar.text() : node.describe();
    }
}
