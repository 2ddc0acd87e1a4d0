// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.reconcile.git.GitFolder;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.SpecReader;
import dev.sluice.spec.read.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code -C FOLDER -e ENVIRONMENT}: which job repository, and which environment of it. */
final class RepositoryOptions {
    @Option(
            names = {"-C", "--repo"},
            paramLabel = "FOLDER",
            defaultValue = ".",
            description = "The job repository, a checkout or a plain folder (default: this one).")
    private Path folder;

    @Option(
            names = {"-e", "--environment"},
            paramLabel = "NAME",
            required = true,
            description = "The environment, a folder below environments/.")
    private String environment;

    String environment() {
        return environment;
    }

    /** Everything the folder says about the environment, mistakes included. */
    CommitReading read() {
        return read(tree());
    }

    /** Everything the files say about the environment, mistakes included. */
    CommitReading read(Tree tree) {
        return new SpecReader().read(tree, environment, Optional.empty());
    }

    /** The files of the folder as they are now. */
    Tree tree() {
        return DirectoryTree.of(directory());
    }

    /**
     * Everything a commit of the folder's git repository says about the environment.
     *
     * @throws InputWrong when there is no such repository or no such commit
     */
    CommitReading readAt(String revision) throws IOException {
        try {
            return at(revision, this::read);
        } catch (InterruptedException e) {
            throw new IllegalStateException("reading waits for nobody", e);
        }
    }

    /** What is done with the files of a commit while they can be read. */
    @FunctionalInterface
    interface Use<T> {
        T of(Tree tree) throws IOException, InterruptedException;
    }

    /**
     * Does something with the files of a commit.
     *
     * @throws InputWrong when there is no such repository or no such commit
     */
    <T> T at(String revision, Use<T> use) throws IOException, InterruptedException {
        try (GitFolder git = GitFolder.open(directory())
                .orElseThrow(() -> new InputWrong(folder + " is no git repository; commits can only"
                        + " be compared in a checkout or a bare repository"))) {
            CommitId commit = git.find(revision)
                    .orElseThrow(() -> new InputWrong("expected a commit, branch or tag of "
                            + folder + ", found " + revision
                            + "; a shallow clone may lack it: git fetch --unshallow"));
            return use.of(git.tree(commit));
        }
    }

    /** The same where the folder has the commit; a shallow clone or a plain folder may not. */
    Optional<CommitReading> readIfThere(CommitId commit) {
        try {
            return Optional.of(readAt(commit.hash()));
        } catch (InputWrong | IOException e) {
            return Optional.empty();
        }
    }

    /** The folder itself. */
    Path folder() {
        return directory();
    }

    private Path directory() {
        if (!Files.isDirectory(folder)) {
            throw new InputWrong("no folder " + folder + "; name the job repository with --repo");
        }
        return folder.toAbsolutePath().normalize();
    }
}
