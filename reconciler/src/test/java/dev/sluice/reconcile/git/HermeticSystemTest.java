// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HermeticSystemTest {
    @TempDir
    private Path directory;

    @Test
    void noConfigurationOfTheMachineOrTheUserIsRead()
            throws java.io.IOException, ConfigInvalidException {
        HermeticSystem.install(directory);
        SystemReader system = SystemReader.getInstance();

        assertEquals("", system.getUserConfig().toText());
        assertEquals("", system.getSystemConfig().toText());
        assertEquals(null, system.getenv("PATH"));
        Path notes = system.openJGitConfig(null, FS.DETECTED).getFile().toPath();
        assertTrue(notes.startsWith(directory), notes::toString);
        assertFalse(system.getHostname().isBlank());
    }

    @Test
    void noFileSystemIsProbedByWritingToIt() throws java.io.IOException {
        HermeticSystem.install(directory);

        FS.FileStoreAttributes attributes = FS.getFileStoreAttributes(directory);

        assertEquals(java.time.Duration.ofSeconds(2), attributes.getFsTimestampResolution());
        try (java.util.stream.Stream<Path> files = java.nio.file.Files.list(directory)) {
            assertEquals(java.util.List.of(), files.toList());
        }
    }
}
