// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.CommitId;
import dev.sluice.spec.read.Tree;
import java.util.SortedMap;

/** A tree that counts what is read of it. */
final class CountingTree implements Tree {
    private final Tree tree;
    private int blobs;
    private int specs;

    CountingTree(Tree tree) {
        this.tree = requireNonNull(tree, "tree is null");
    }

    int blobs() {
        return blobs;
    }

    /** Blobs that are YAML, each of which is parsed. */
    int specs() {
        return specs;
    }

    @Override
    public CommitId commit() {
        return tree.commit();
    }

    @Override
    public SortedMap<String, Entry> entries() {
        return tree.entries();
    }

    @Override
    public byte[] read(String path, int maximumBytes) {
        blobs++;
        specs += path.endsWith(".yaml") ? 1 : 0;
        return tree.read(path, maximumBytes);
    }
}
