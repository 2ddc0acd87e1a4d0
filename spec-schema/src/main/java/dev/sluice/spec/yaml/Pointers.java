// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.yaml;

import dev.sluice.spec.SourceLocation;
import java.util.List;
import java.util.Optional;

/** JSON pointers (RFC 6901) into node trees. */
public final class Pointers {
    private Pointers() {}

    /** The pointer of a child. */
    public static String child(String parent, String key) {
        return parent + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    /** The names along a pointer. */
    public static List<String> names(String pointer) {
        if (pointer.isEmpty()) {
            return List.of();
        }
        return List.of(pointer.substring(1).split("/", -1)).stream()
                .map(name -> name.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    public static String parent(String pointer) {
        return pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
    }

    public static String last(String pointer) {
        List<String> names = names(pointer);
        return names.isEmpty() ? "" : names.get(names.size() - 1);
    }

    public static Optional<Node> find(Node root, String pointer) {
        Optional<Node> current = Optional.of(root);
        for (String name : names(pointer)) {
            current = current.flatMap(node -> step(node, name));
        }
        return current;
    }

    /** Where a value stands; of a missing one, where its nearest ancestor stands. */
    public static SourceLocation locate(Node root, String pointer) {
        String nearest = pointer;
        while (!nearest.isEmpty()) {
            Optional<Node> found = find(root, nearest);
            if (found.isPresent()) {
                return found.get().at();
            }
            nearest = parent(nearest);
        }
        return root.at();
    }

    /** Where the key of a field stands; the value itself inside a list. */
    public static SourceLocation locateKey(Node root, String pointer) {
        Optional<Node> parent = find(root, parent(pointer));
        if (parent.isPresent() && parent.get() instanceof Node.Mapping mapping) {
            Node.Entry entry = mapping.entries().get(last(pointer));
            if (entry != null) {
                return entry.key();
            }
        }
        return locate(root, pointer);
    }

    private static Optional<Node> step(Node node, String name) {
        if (node instanceof Node.Mapping mapping) {
            return mapping.find(name);
        }
        if (node instanceof Node.Sequence sequence && name.matches("[0-9]{1,6}")) {
            int index = Integer.parseInt(name);
            return index < sequence.items().size()
                    ? Optional.of(sequence.items().get(index))
                    : Optional.empty();
        }
        return Optional.empty();
    }
}
