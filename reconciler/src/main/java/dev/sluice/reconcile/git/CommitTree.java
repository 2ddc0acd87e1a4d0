// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import dev.sluice.reconcile.git.LimitedStream.LimitExceeded;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.read.Tree;
import java.io.IOException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * The files of one commit, read out of the object store. A link or a submodule is named as what it
 * is and never followed; a file's bytes are those in git, with no filter applied.
 */
final class CommitTree implements Tree {
    /** Which of the two trees of a walk is the one to be read; the other is what is known. */
    private static final int NEW = 1;

    private final Repository repository;
    private final CommitId commit;
    private final ObjectId root;
    private final SortedMap<String, Entry> entries;
    private final Runnable onDamage;

    private CommitTree(
            Repository repository,
            RevCommit commit,
            SortedMap<String, Entry> entries,
            Runnable onDamage) {
        this.repository = repository;
        this.commit = new CommitId(commit.name());
        this.root = commit.getTree().copy();
        this.entries = Collections.unmodifiableSortedMap(entries);
        this.onDamage = onDamage;
    }

    /**
     * Reads the names of the whole tree, and no file.
     *
     * @param onDamage told when a file cannot be read later
     */
    static CommitTree of(
            Repository repository, RevCommit commit, int maximumFiles, Runnable onDamage)
            throws IOException {
        TreeMap<String, Entry> entries = new TreeMap<>();
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(new EmptyTreeIterator());
            apply(walk, commit, entries, maximumFiles);
        }
        return new CommitTree(repository, commit, entries, onDamage);
    }

    /** The tree of another commit, for which only what differs from this one is read. */
    CommitTree of(RevCommit other, int maximumFiles) throws IOException {
        TreeMap<String, Entry> changed = new TreeMap<>(entries);
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(root);
            apply(walk, other, changed, maximumFiles);
        }
        return new CommitTree(repository, other, changed, onDamage);
    }

    private static void apply(
            TreeWalk walk, RevCommit commit, TreeMap<String, Entry> entries, int maximumFiles)
            throws IOException {
        walk.addTree(commit.getTree());
        walk.setRecursive(true);
        walk.setFilter(TreeFilter.ANY_DIFF);
        while (walk.next()) {
            if (walk.getFileMode(NEW) == FileMode.MISSING) {
                entries.remove(walk.getPathString());
                continue;
            }
            Entry entry = entry(walk);
            entries.put(entry.path(), entry);
            if (entries.size() > maximumFiles) {
                throw new LimitExceeded("the tree has more than " + maximumFiles + " files");
            }
        }
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
        if (entry == null || entry.kind() != Kind.FILE) {
            throw new IllegalArgumentException("not a file of the tree: " + path);
        }
        try (ObjectReader reader = repository.newObjectReader()) {
            ObjectId id = ObjectId.fromString(entry.objectId());
            ObjectLoader blob = reader.open(id, Constants.OBJ_BLOB);
            if (blob.getSize() > maximumBytes) {
                throw new TooLarge(path, blob.getSize(), maximumBytes);
            }
            return blob.getBytes(maximumBytes);
        } catch (IOException e) {
            onDamage.run();
            throw new GitException(
                    "cannot read " + path + " @ " + commit.brief() + ": the local copy of the"
                            + " repository is damaged and will be fetched anew",
                    e);
        }
    }

    private static Entry entry(TreeWalk walk) throws IOException {
        ObjectId id = walk.getObjectId(NEW);
        Kind kind = kind(walk.getFileMode(NEW));
        long size = kind == Kind.SUBMODULE
                ? 0
                : walk.getObjectReader().getObjectSize(id, Constants.OBJ_BLOB);
        return new Entry(walk.getPathString(), id.name(), kind, size);
    }

    private static Kind kind(FileMode mode) {
        if (mode.equals(FileMode.SYMLINK)) {
            return Kind.SYMLINK;
        }
        return mode.equals(FileMode.GITLINK) ? Kind.SUBMODULE : Kind.FILE;
    }
}
