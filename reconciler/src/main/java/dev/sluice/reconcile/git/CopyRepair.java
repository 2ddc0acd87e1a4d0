// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import dev.sluice.spec.CommitId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes a broken copy anew: fetched beside it, and put in its place only when it is whole. Readers of
 * the old one, in this process or in one that stands by, keep what they have open and find everything
 * else in the new one, since objects are named by their content.
 */
final class CopyRepair {
    private static final String FRESH = "-fresh-";
    private static final String OLD = "-old-";
    /** No fetch lives so long: what is older was left by a process that died. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private CopyRepair() {}

    /**
     * Fetches a new copy and exchanges the two. A crash in between loses nothing that the server does
     * not have.
     *
     * @param needed what the new copy must contain
     * @return empty when the branch does not lead to what is needed any more; the old copy stays
     */
    static Optional<LocalCopy> anew(Path directory, GitRemote remote, Optional<CommitId> needed)
            throws IOException {
        Path name = directory.getFileName();
        Path parent = directory.toAbsolutePath().getParent();
        sweep(parent, name + FRESH);
        sweep(parent, name + OLD);
        Path fresh = Files.createTempDirectory(parent, name + FRESH);
        if (!fill(fresh, remote, needed)) {
            LocalCopy.delete(fresh);
            return Optional.empty();
        }
        Path old = Files.createTempDirectory(parent, name + OLD);
        Files.move(directory, old, StandardCopyOption.ATOMIC_MOVE);
        Files.move(fresh, directory, StandardCopyOption.ATOMIC_MOVE);
        LocalCopy.delete(old);
        return Optional.of(LocalCopy.open(directory, remote));
    }

    private static boolean fill(Path fresh, GitRemote remote, Optional<CommitId> needed)
            throws IOException {
        try (LocalCopy copy = LocalCopy.open(fresh, remote)) {
            CommitId tip = copy.download();
            if (needed.isEmpty()) {
                return true;
            }
            boolean isThere = copy.descends(tip, needed.get());
            if (isThere) {
                copy.follow(needed.get());
            }
            return isThere;
        } catch (IOException | RuntimeException e) {
            LocalCopy.delete(fresh);
            throw e;
        }
    }

    private static void sweep(Path parent, String prefix) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, prefix + "*")) {
            for (Path folder : left) {
                Instant written = Files.getLastModifiedTime(folder).toInstant();
                if (written.isBefore(Instant.now().minus(ABANDONED))) {
                    LocalCopy.delete(folder);
                }
            }
        }
    }
}
