// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaHomeTest {
    private static final FlinkReleases RELEASES = FlinkReleases.bundled();

    @TempDir
    Path folder;

    @Test
    void aJavaThatIsNotThereIsNamedWithThoseThatWouldDo() {
        Path absent = folder.resolve("bin/java");

        String refusal =
                JavaHome.refusal(absent, RELEASES.find("2.0").orElseThrow()).orElseThrow();

        assertTrue(refusal.contains(absent.toString()), refusal);
        assertTrue(refusal.contains("[17, 21, 11]"), refusal);
    }

    @Test
    void aJavaIsRefusedByTheVersionsThatDoNotRunOnIt() throws IOException {
        Path eight = java("1.8.0_402");
        Path eleven = java("11.0.22");

        assertEquals(Optional.of(8), JavaHome.feature(eight));
        assertEquals(
                Optional.empty(), JavaHome.refusal(eleven, RELEASES.find("1.15").orElseThrow()));
        assertTrue(JavaHome.refusal(eight, RELEASES.find("2.3").orElseThrow()).isPresent());
    }

    @Test
    void theJavaOfThisTestSaysItsVersion() {
        Path own = Path.of(System.getProperty("java.home"), "bin", "java");

        assertEquals(Optional.of(Runtime.version().feature()), JavaHome.feature(own));
    }

    private Path java(String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve(version));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n");
        assertTrue(java.toFile().setExecutable(true));
        return java;
    }
}
