// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.spec.CommitId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.TreeMap;
import java.util.function.Consumer;
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
import org.eclipse.jgit.lib.Repository;

/** A bare repository on disk, written to without a checkout: each commit is the whole file map. */
public final class JobRepository implements AutoCloseable {
    public static final String BRANCH = "test";
    private static final PersonIdent ANN = new PersonIdent(
            "Ann", "ann@example.com", Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);

    private final Path directory;
    private final Git git;
    private final TreeMap<String, String> files = new TreeMap<>();
    private final TreeMap<String, byte[]> jars = new TreeMap<>();

    public JobRepository(Path directory) {
        this.directory = directory;
        try {
            git = Git.init()
                    .setBare(true)
                    .setDirectory(directory.toFile())
                    .setInitialBranch(BRANCH)
                    .call();
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
    }

    public Path directory() {
        return directory;
    }

    public String url() {
        return directory.toUri().toString();
    }

    /** Puts a file that is no text into every commit from now on. */
    public void keep(String path, byte[] content) {
        jars.put(path, content.clone());
    }

    /** Changes the files and commits them all on top of the branch. */
    public CommitId commit(String subject, Consumer<TreeMap<String, String>> change)
            throws IOException {
        change.accept(files);
        Repository repository = git.getRepository();
        ObjectId parent = repository.resolve(Constants.R_HEADS + BRANCH);
        CommitBuilder commit = new CommitBuilder();
        if (parent != null) {
            commit.setParentId(parent);
        }
        commit.setAuthor(ANN);
        commit.setCommitter(ANN);
        commit.setMessage(subject + "\n");
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            commit.setTreeId(tree(inserter));
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            RefUpdate update = repository.updateRef(Constants.R_HEADS + BRANCH);
            update.setNewObjectId(id);
            update.update();
            return new CommitId(id.name());
        }
    }

    private ObjectId tree(ObjectInserter inserter) throws IOException {
        DirCache index = DirCache.newInCore();
        DirCacheBuilder builder = index.builder();
        TreeMap<String, byte[]> all = new TreeMap<>(jars);
        files.forEach((path, text) -> all.put(path, text.getBytes(StandardCharsets.UTF_8)));
        for (var file : all.entrySet()) {
            DirCacheEntry entry = new DirCacheEntry(file.getKey());
            entry.setFileMode(FileMode.REGULAR_FILE);
            entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, file.getValue()));
            builder.add(entry);
        }
        builder.finish();
        return index.writeTree(inserter);
    }

    @Override
    public void close() {
        git.close();
    }
}
