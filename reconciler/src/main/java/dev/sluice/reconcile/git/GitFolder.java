// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.CommitId;
import dev.sluice.spec.read.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * Somebody's checkout or bare repository, opened to read commits out of it. Writes nothing there and
 * asks no server.
 */
public final class GitFolder implements AutoCloseable {
    private final Path folder;
    private final Repository repository;

    private GitFolder(Path folder, Repository repository) {
        this.folder = requireNonNull(folder, "folder is null");
        this.repository = requireNonNull(repository, "repository is null");
    }

    /** Opens a folder; empty when it is neither a checkout nor a bare repository. */
    public static Optional<GitFolder> open(Path folder) throws IOException {
        Path git = folder.resolve(".git");
        boolean isCheckout = Files.exists(git);
        // Never a path that a commit can put a file at: JGit would read it as its configuration.
        HermeticSystem.install(isCheckout ? git : folder);
        FileRepositoryBuilder builder = new FileRepositoryBuilder();
        if (isCheckout) {
            builder.setWorkTree(folder.toFile());
        } else {
            builder.setGitDir(folder.toFile()).setBare();
        }
        Repository repository = builder.setup().build();
        if (!repository.getObjectDatabase().exists()) {
            repository.close();
            return Optional.empty();
        }
        return Optional.of(new GitFolder(folder, repository));
    }

    /**
     * The commit that a name means: a branch, a tag, {@code HEAD~1}, a full or short hash.
     *
     * @return empty when there is no such commit here, or when a short hash means several
     */
    public Optional<CommitId> find(String revision) throws IOException {
        try {
            return Optional.ofNullable(repository.resolve(revision + "^{commit}"))
                    .map(ObjectId::name)
                    .map(CommitId::new);
        } catch (RevisionSyntaxException
                | AmbiguousObjectException
                | IncorrectObjectTypeException none) {
            return Optional.empty();
        }
    }

    /**
     * The files of a commit; to be read while this folder is open.
     *
     * @throws GitException when the tree is not complete here, as in a partial clone
     */
    public Tree tree(CommitId commit) {
        try (RevWalk walk = new RevWalk(repository)) {
            return CommitTree.of(
                    repository,
                    walk.parseCommit(ObjectId.fromString(commit.hash())),
                    GitLimits.DEFAULT.files(),
                    () -> {});
        } catch (IOException e) {
            throw new GitException("cannot read " + commit.brief() + " in " + folder, e);
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
