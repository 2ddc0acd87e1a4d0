// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.finding.Findings;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Files of the tree as one reading sees them; remembers every path it looked at, found or not. */
final class TreeFiles {
    /** Stands for a path that is not in the tree. */
    static final String ABSENT = "-";

    private final Tree tree;
    private final SortedMap<String, String> seen = new TreeMap<>();

    TreeFiles(Tree tree) {
        this.tree = tree;
    }

    /** Identity of what stands at a path: changes when the bytes or the kind change. */
    static String identity(Tree tree, String path) {
        Tree.Entry entry = tree.entries().get(path);
        return entry == null ? ABSENT : entry.kind() + " " + entry.objectId();
    }

    Optional<Tree.Entry> find(String path) {
        seen.put(path, identity(tree, path));
        return Optional.ofNullable(tree.entries().get(path));
    }

    /** Paths looked at and what stood there. */
    SortedMap<String, String> seen() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(seen));
    }

    /**
     * Bytes of a file that is in the tree.
     *
     * @param blame where the file is named, for the finding
     */
    Optional<byte[]> read(Tree.Entry entry, int maximum, SourceLocation blame, Findings findings) {
        if (entry.kind() != Tree.Kind.FILE) {
            findings.error(
                    "not-a-file",
                    blame,
                    "",
                    "expected a file, found that " + entry.path() + " is a " + word(entry.kind()),
                    "put the file itself into the repository");
            return Optional.empty();
        }
        if (entry.size() > maximum) {
            return tooLarge(entry, maximum, blame, findings);
        }
        try {
            return Optional.of(tree.read(entry.path(), maximum));
        } catch (Tree.TooLarge larger) {
            return tooLarge(entry, maximum, blame, findings);
        }
    }

    private static Optional<byte[]> tooLarge(
            Tree.Entry entry, int maximum, SourceLocation blame, Findings findings) {
        findings.error(
                "file-too-large",
                blame,
                "",
                "expected at most " + maximum + " bytes, found that " + entry.path() + " has "
                        + entry.size(),
                "split or shorten the file");
        return Optional.empty();
    }

    static String word(Tree.Kind kind) {
        return switch (kind) {
            case FILE -> "file";
            case SYMLINK -> "symbolic link";
            case SUBMODULE -> "submodule";
        };
    }
}
