// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.rest.Submission;
import dev.sluice.spec.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a program lies where pods, which are another user, find it. */
class ProgramFolderTest {
    @TempDir
    Path folder;

    @Test
    void podsMayReadAJarThatTheCacheKeepsForItself() throws IOException {
        Path jar = Files.writeString(folder.resolve("job.jar"), "program");
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-------"));
        Path plain = Files.writeString(folder.resolve("plain"), "as this user makes files");
        Submission submission = new Submission(
                jar, Digest.of("program"), Optional.empty(), List.of(), new TreeMap<>());

        Path brought = new ProgramFolder(folder.resolve("state")).bring(submission);

        assertEquals("program", Files.readString(brought));
        assertEquals(Files.getPosixFilePermissions(plain), Files.getPosixFilePermissions(brought));
        assertTrue(
                Files.getPosixFilePermissions(brought).contains(PosixFilePermission.OTHERS_READ));
    }
}
