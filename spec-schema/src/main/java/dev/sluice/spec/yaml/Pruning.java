// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Leaves out parts of a tree that are wrong, so that the rest can still be checked. */
public final class Pruning {
    private final Set<String> wrong;

    private Pruning(Set<String> wrong) {
        this.wrong = wrong;
    }

    /** The tree without the parts at some pointers. */
    public static Node.Mapping prune(Node.Mapping root, Set<String> wrong) {
        return wrong.isEmpty() ? root : new Pruning(wrong).mapping(root, "");
    }

    private Node.Mapping mapping(Node.Mapping mapping, String pointer) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> {
            String child = Pointers.child(pointer, key);
            if (!wrong.contains(child)) {
                entries.put(key, new Node.Entry(entry.key(), node(entry.value(), child)));
            }
        });
        return new Node.Mapping(entries, mapping.at());
    }

    private Node node(Node node, String pointer) {
        if (node instanceof Node.Mapping mapping) {
            return mapping(mapping, pointer);
        }
        if (!(node instanceof Node.Sequence sequence)) {
            return node;
        }
        List<Node> items = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            if (!wrong.contains(pointer + "/" + i)) {
                items.add(node(sequence.items().get(i), pointer + "/" + i));
            }
        }
        return new Node.Sequence(items, sequence.at());
    }
}
