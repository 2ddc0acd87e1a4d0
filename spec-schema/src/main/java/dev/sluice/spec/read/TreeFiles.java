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
    private final Tree tree;
    private final SortedMap<String, Optional<Tree.Entry>> seen = new TreeMap<>();

    TreeFiles(Tree tree) {
        this.tree = tree;
    }

    Optional<Tree.Entry> find(String path) {
        Optional<Tree.Entry> entry = Optional.ofNullable(tree.entries().get(path));
        seen.put(path, entry);
        return entry;
    }

    /** Paths looked at and what stood there. */
    SortedMap<String, Optional<Tree.Entry>> seen() {
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
