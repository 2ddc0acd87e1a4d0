// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.lock;

import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import dev.sluice.spec.read.Tree;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A tree with some small files as they are going to be. */
final class OverlaidTree implements Tree {
    private final Tree below;
    private final Map<String, byte[]> texts = new TreeMap<>();
    private final SortedMap<String, Entry> entries;

    OverlaidTree(Tree below, Map<String, String> overlay) {
        this.below = below;
        SortedMap<String, Entry> all = new TreeMap<>(below.entries());
        overlay.forEach((path, text) -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            texts.put(path, bytes);
            String id = Digest.of(bytes).hex();
            all.put(path, new Entry(path, id, Kind.FILE, bytes.length));
        });
        this.entries = Collections.unmodifiableSortedMap(all);
    }

    @Override
    public CommitId commit() {
        return below.commit();
    }

    @Override
    public SortedMap<String, Entry> entries() {
        return entries;
    }

    @Override
    public byte[] read(String path, int maximumBytes) {
        byte[] own = texts.getOrDefault(path, new byte[0]);
        if (own.length > maximumBytes) {
            throw new TooLarge(path, own.length, maximumBytes);
        }
        return texts.containsKey(path) ? own.clone() : below.read(path, maximumBytes);
    }
}
