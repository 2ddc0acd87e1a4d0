// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import dev.sluice.drive.FileDigest;
import dev.sluice.drive.rest.Submission;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Programs in the state directory, {@code programs/<digest>/<name>}, where every pod of the job finds
 * them: no image is built for a job. A pod checks the digest before Flink starts.
 */
final class ProgramFolder {
    private final Path folder;

    ProgramFolder(Path stateDirectory) {
        this.folder = stateDirectory.resolve("programs");
    }

    /** Brings the program there, unless it is; appears at once and whole. */
    Path bring(Submission submission) throws IOException {
        Path file = folder.resolve(submission.jarDigest().hex())
                .resolve(submission.jar().getFileName());
        if (Files.exists(file) && FileDigest.of(file).equals(submission.jarDigest())) {
            return file;
        }
        Files.createDirectories(file.getParent());
        Path half = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
        // Not Files.copy(Path, Path), which takes the permissions over: pods are another user.
        try (InputStream in = Files.newInputStream(submission.jar())) {
            Files.copy(in, half);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(half);
        }
        return file;
    }
}
