// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import dev.sluice.spec.read.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a folder as if they were a commit: for commands that run in a checkout. Links are
 * reported, never followed; {@code .git} is left out.
 */
final class DirectoryTree implements Tree {
    /** A folder has no commit; this id stands for "not committed". */
    static final CommitId UNCOMMITTED = new CommitId("0".repeat(40));

    private final Path root;
    private final SortedMap<String, Entry> entries;

    private DirectoryTree(Path root, SortedMap<String, Entry> entries) {
        this.root = requireNonNull(root, "root is null");
        this.entries = Collections.unmodifiableSortedMap(entries);
    }

    /**
     * Lists the folder once; what changes afterwards is not seen.
     *
     * @throws UncheckedIOException when the folder cannot be listed
     */
    static DirectoryTree of(Path root) {
        SortedMap<String, Entry> entries = new TreeMap<>();
        try {
            Files.walkFileTree(root, new Visitor(root, entries));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + root, e);
        }
        return new DirectoryTree(root, entries);
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final SortedMap<String, Entry> entries;

        Visitor(Path root, SortedMap<String, Entry> entries) {
            this.root = root;
            this.entries = entries;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean isGit = folder.endsWith(".git");
            return isGit ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String path = root.relativize(file).toString().replace('\\', '/');
            Kind kind = attributes.isSymbolicLink() ? Kind.SYMLINK : Kind.FILE;
            String id = Digest.of(path + attributes.size() + attributes.lastModifiedTime())
                    .hex();
            entries.put(path, new Entry(path, id, kind, attributes.size()));
            return FileVisitResult.CONTINUE;
        }
    }

    @Override
    public CommitId commit() {
        return UNCOMMITTED;
    }

    @Override
    public SortedMap<String, Entry> entries() {
        return entries;
    }

    @Override
    public byte[] read(String path, int maximumBytes) {
        Entry entry = entries.get(path);
        if (entry == null || entry.kind() != Kind.FILE) {
            throw new IllegalArgumentException("not a file of the folder: " + path);
        }
        if (entry.size() > maximumBytes) {
            throw new TooLarge(path, entry.size(), maximumBytes);
        }
        try {
            return Files.readAllBytes(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
