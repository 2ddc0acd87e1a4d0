// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.SpecReader;
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

    /** Everything the folder says about the environment, mistakes included. */
    CommitReading read() {
        if (!Files.isDirectory(folder)) {
            throw new InputWrong("no folder " + folder + "; name the job repository with --repo");
        }
        return new SpecReader()
                .read(
                        DirectoryTree.of(folder.toAbsolutePath().normalize()),
                        environment,
                        Optional.empty());
    }
}
