// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.demo;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.CommitId;
import dev.sluice.spec.read.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** A bare job repository that commits can be made to without a checkout. */
final class DemoRepository implements AutoCloseable {
    private final Git git;
    private final Clock clock;

    private DemoRepository(Git git, Clock clock) {
        this.git = requireNonNull(git, "git is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Makes a bare repository whose branches all begin with one commit of the sample's files. */
    static DemoRepository create(
            Path bare, SortedMap<String, byte[]> sample, List<String> branches, Clock clock)
            throws IOException {
        Git git = init(bare, branches.get(0));
        DemoRepository repository = new DemoRepository(git, clock);
        ObjectId first = repository.insert(sample, List.of(), "Start with the sample jobs");
        for (String branch : branches) {
            repository.move(branch, ObjectId.zeroId(), first);
        }
        return repository;
    }

    private static Git init(Path bare, String branch) throws IOException {
        try {
            return Git.init()
                    .setBare(true)
                    .setDirectory(bare.toFile())
                    .setInitialBranch(branch)
                    .call();
        } catch (GitAPIException e) {
            throw new IOException("cannot make a repository in " + bare, e);
        }
    }

    String url() {
        return git.getRepository().getDirectory().toPath().toUri().toString();
    }

    /** The newest commit of a branch. */
    Tree head(String branch) throws IOException {
        ObjectId head = git.getRepository().resolve(Constants.R_HEADS + branch);
        return new FilesTree(new CommitId(head.name()), filesAt(head));
    }

    /**
     * Makes a commit of a changed text file on top of a branch without moving the branch: what a pull
     * request proposes.
     */
    Tree propose(String branch, String path, String message, UnaryOperator<String> change)
            throws IOException {
        ObjectId parent = git.getRepository().resolve(Constants.R_HEADS + branch);
        SortedMap<String, byte[]> files = filesAt(parent);
        String before = new String(
                requireNonNull(files.get(path), "no such file: " + path), StandardCharsets.UTF_8);
        String after = change.apply(before);
        if (after.equals(before)) {
            throw new IllegalStateException("the change of " + path + " changes nothing");
        }
        files.put(path, after.getBytes(StandardCharsets.UTF_8));
        ObjectId commit = insert(files, List.of(parent), message);
        return new FilesTree(new CommitId(commit.name()), files);
    }

    /** Moves the branch to a proposed commit. */
    void merge(String branch, CommitId proposed) throws IOException {
        ObjectId parent = git.getRepository().resolve(Constants.R_HEADS + branch);
        move(branch, parent, ObjectId.fromString(proposed.hash()));
    }

    /** Every file below a folder, by its path with {@code /}. */
    static SortedMap<String, byte[]> filesOf(Path folder) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString(), Files.readAllBytes(path));
            }
        }
        return files;
    }

    private SortedMap<String, byte[]> filesAt(ObjectId commit) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (RevWalk revisions = new RevWalk(git.getRepository());
                TreeWalk walk = new TreeWalk(git.getRepository())) {
            RevCommit parsed = revisions.parseCommit(commit);
            walk.addTree(parsed.getTree());
            walk.setRecursive(true);
            while (walk.next()) {
                byte[] bytes = git.getRepository().open(walk.getObjectId(0)).getBytes();
                files.put(walk.getPathString(), bytes);
            }
        }
        return files;
    }

    private ObjectId insert(SortedMap<String, byte[]> files, List<ObjectId> parents, String message)
            throws IOException {
        try (ObjectInserter inserter = git.getRepository().newObjectInserter()) {
            DirCache index = DirCache.newInCore();
            DirCacheBuilder builder = index.builder();
            for (var file : files.entrySet()) {
                DirCacheEntry entry = new DirCacheEntry(file.getKey());
                entry.setFileMode(FileMode.REGULAR_FILE);
                entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, file.getValue()));
                builder.add(entry);
            }
            builder.finish();
            PersonIdent author =
                    new PersonIdent("Demo", "demo@example.com", clock.instant(), ZoneOffset.UTC);
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(inserter));
            commit.setParentIds(parents);
            commit.setAuthor(author);
            commit.setCommitter(author);
            commit.setMessage(message + "\n");
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id;
        }
    }

    private void move(String branch, ObjectId from, ObjectId to) throws IOException {
        RefUpdate update = git.getRepository().updateRef(Constants.R_HEADS + branch);
        update.setExpectedOldObjectId(from);
        update.setNewObjectId(to);
        RefUpdate.Result result = update.update();
        if (result != RefUpdate.Result.NEW && result != RefUpdate.Result.FAST_FORWARD) {
            throw new IOException("cannot move branch " + branch + ": " + result);
        }
    }

    @Override
    public void close() {
        git.close();
    }
}
