// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.demo;

import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import dev.sluice.spec.read.Tree;
import java.util.SortedMap;
import java.util.TreeMap;

/** A commit's files in memory. */
record FilesTree(CommitId commit, SortedMap<String, byte[]> files) implements Tree {
    @Override
    public SortedMap<String, Entry> entries() {
        SortedMap<String, Entry> entries = new TreeMap<>();
        files.forEach((path, bytes) -> entries.put(
                path, new Entry(path, Digest.of(bytes).hex(), Kind.FILE, bytes.length)));
        return entries;
    }

    @Override
    public byte[] read(String path, int maximumBytes) {
        byte[] bytes = files.get(path);
        if (bytes.length > maximumBytes) {
            throw new TooLarge(path, bytes.length, maximumBytes);
        }
        return bytes.clone();
    }
}
