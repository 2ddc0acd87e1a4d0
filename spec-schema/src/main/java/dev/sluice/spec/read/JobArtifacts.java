// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.Digest;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.SourceLocation;
import java.util.List;
import java.util.Optional;

/**
 * The artifacts that a job names in one environment, whether or not the job is valid: what a lock file
 * beside it has to hold.
 *
 * @param lock the lock file as it stands now
 * @param flinkVersion minor version, when the job has one
 * @param transitive whether the poms of the Maven artifacts are followed
 * @param exclude {@code group:artifact} or {@code group:*}, sorted, that following leaves out
 */
public record JobArtifacts(
        JobKey key,
        LockFile lock,
        Optional<String> flinkVersion,
        List<Named> named,
        boolean transitive,
        List<String> exclude) {
    /**
     * An artifact as the job writes it.
     *
     * @param at where it is named
     * @param file the file of the tree that it is; empty for what comes from elsewhere
     */
    public record Named(String coordinate, SourceLocation at, Optional<TreeFile> file) {
        public Named {
            requireNonNull(coordinate, "coordinate is null");
            requireNonNull(at, "at is null");
            requireNonNull(file, "file is null");
        }
    }

    /** A file of the tree and what is in it. */
    public record TreeFile(String path, Digest digest) {
        public TreeFile {
            requireNonNull(path, "path is null");
            requireNonNull(digest, "digest is null");
        }
    }

    public JobArtifacts {
        requireNonNull(key, "key is null");
        requireNonNull(lock, "lock is null");
        requireNonNull(flinkVersion, "flinkVersion is null");
        named = List.copyOf(named);
        exclude = exclude.stream().sorted().distinct().toList();
    }
}
