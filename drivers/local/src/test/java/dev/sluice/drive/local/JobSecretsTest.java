// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobSecretsTest {
    @TempDir
    Path folder;

    @Test
    void aFileOfAStartWhoseAnswerWasLostDoesNotStay() throws Exception {
        JobSecrets secrets = new JobSecrets(name -> "value", folder);
        Path file = Files.createFile(folder.resolve("a.properties"));
        Instant written = Files.getLastModifiedTime(file).toInstant();

        secrets.takeForgotten(written.plus(Duration.ofMinutes(10)));
        boolean isThereWhileItMayBeRead = Files.exists(file);
        secrets.takeForgotten(written.plus(Duration.ofMinutes(20)));

        assertTrue(isThereWhileItMayBeRead);
        assertFalse(Files.exists(file));
    }
}
