// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Files that tests edit in place; commits of it are snapshots. Cheap for ten thousand files. */
final class EditableTree {
    private final SortedMap<String, String> files = new TreeMap<>();
    private final SortedMap<String, Tree.Entry> entries = new TreeMap<>();

    void put(String path, String text) {
        files.put(path, text);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        entries.put(
                path, new Tree.Entry(path, Digest.of(bytes).hex(), Tree.Kind.FILE, bytes.length));
    }

    void remove(String path) {
        files.remove(path);
        entries.remove(path);
    }

    Optional<String> text(String path) {
        return Optional.ofNullable(files.get(path));
    }

    Tree at(CommitId commit) {
        return new Snapshot(
                commit,
                Collections.unmodifiableSortedMap(new TreeMap<>(entries)),
                new TreeMap<>(files));
    }

    private record Snapshot(
            CommitId commit, SortedMap<String, Entry> entries, SortedMap<String, String> files)
            implements Tree {
        @Override
        public byte[] read(String path, int maximumBytes) {
            return files.get(path).getBytes(StandardCharsets.UTF_8);
        }
    }
}
