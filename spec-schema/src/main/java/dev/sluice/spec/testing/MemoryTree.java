// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.testing;

import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import dev.sluice.spec.read.Tree;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A commit that lives in memory. Immutable: every change gives another tree. */
public final class MemoryTree implements Tree {
    /** The tree without files. */
    public static final MemoryTree EMPTY =
            new MemoryTree(new TreeMap<>(), new TreeMap<>(), new CommitId("0".repeat(40)));

    private final SortedMap<String, Entry> entries;
    private final SortedMap<String, byte[]> contents;
    private final CommitId commit;

    private MemoryTree(
            SortedMap<String, Entry> entries, SortedMap<String, byte[]> contents, CommitId commit) {
        this.entries = Collections.unmodifiableSortedMap(entries);
        this.contents = contents;
        this.commit = commit;
    }

    /** A tree of text files, path to text. */
    public static MemoryTree of(Map<String, String> files) {
        SortedMap<String, Entry> entries = new TreeMap<>();
        SortedMap<String, byte[]> contents = new TreeMap<>();
        files.forEach((path, text) -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            entries.put(path, new Entry(path, Digest.of(bytes).hex(), Kind.FILE, bytes.length));
            contents.put(path, bytes);
        });
        return new MemoryTree(entries, contents, EMPTY.commit);
    }

    public MemoryTree with(String path, String text) {
        return with(path, text.getBytes(StandardCharsets.UTF_8));
    }

    public MemoryTree with(String path, byte[] bytes) {
        Entry entry = new Entry(path, Digest.of(bytes).hex(), Kind.FILE, bytes.length);
        return with(entry, bytes);
    }

    /** A link, a submodule, or a file whose size is only claimed. */
    public MemoryTree with(Entry entry) {
        return with(entry, new byte[0]);
    }

    public MemoryTree without(String path) {
        SortedMap<String, Entry> fewer = new TreeMap<>(entries);
        fewer.remove(path);
        return new MemoryTree(fewer, contents, commit);
    }

    public MemoryTree at(CommitId other) {
        return new MemoryTree(new TreeMap<>(entries), contents, other);
    }

    private MemoryTree with(Entry entry, byte[] bytes) {
        SortedMap<String, Entry> more = new TreeMap<>(entries);
        more.put(entry.path(), entry);
        SortedMap<String, byte[]> known = new TreeMap<>(contents);
        known.put(entry.path(), bytes);
        return new MemoryTree(more, known, commit);
    }

    @Override
    public CommitId commit() {
        return commit;
    }

    @Override
    public SortedMap<String, Entry> entries() {
        return entries;
    }

    @Override
    public byte[] read(String path, int maximumBytes) {
        Entry entry = entries.get(path);
        if (entry.size() > maximumBytes) {
            throw new TooLarge(path, entry.size(), maximumBytes);
        }
        return contents.get(path).clone();
    }
}
