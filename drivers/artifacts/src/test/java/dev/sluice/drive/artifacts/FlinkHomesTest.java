// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkHomesTest {
    @TempDir
    Path folder;

    private final List<Progress.At> told = new ArrayList<>();
    private FlinkHomes homes;
    private FlinkRelease release;

    @BeforeEach
    void publish() throws IOException {
        publish("one", "first jar");
        publish("two", "second jar");
        MavenLocation location =
                new MavenLocation(folder.resolve("remote").toUri(), folder.resolve("local"));
        homes = new FlinkHomes(folder.resolve("cache"), location);
        release = release(locked("one", "first jar"), locked("two", "second jar"));
    }

    @Test
    void aHomeIsReadyOnlyAfterItWasAssembled() throws Exception {
        Optional<FlinkHome> before = homes.ready(release);

        FlinkHome home = homes.assemble(release, told::add);

        assertEquals(Optional.empty(), before);
        assertEquals(Optional.of(home), homes.ready(release));
        assertEquals("first jar", Files.readString(home.lib().resolve("one-1.jar")));
        assertTrue(Files.exists(home.root().resolve("conf/log4j-console.properties")));
    }

    @Test
    void progressEndsWithAllFilesAndBytes() throws Exception {
        homes.assemble(release, told::add);

        assertEquals(new Progress.At("Flink 9.9.1", 2, 2, 19, 19), told.get(told.size() - 1));
    }

    @Test
    void aMissingJarIsPutBack() throws Exception {
        FlinkHome home = homes.assemble(release, Progress.SILENT);
        Files.delete(home.lib().resolve("two-1.jar"));

        Optional<FlinkHome> damaged = homes.ready(release);
        homes.assemble(release, Progress.SILENT);

        assertEquals(Optional.empty(), damaged);
        assertEquals("second jar", Files.readString(home.lib().resolve("two-1.jar")));
    }

    @Test
    void aJarThatIsNotThePinnedOneIsRefusedAndLeavesNoHome() throws Exception {
        FlinkRelease pinned = release(locked("one", "FIRST jar"));

        ArtifactFailure failure =
                assertThrows(ArtifactFailure.class, () -> homes.assemble(pinned, Progress.SILENT));

        assertFalse(failure.isRetryable());
        assertEquals(Optional.empty(), homes.ready(pinned));
        assertEquals(List.of(pinned.folder() + ".lock"), names());
    }

    @Test
    void aDownloadWithAWrongChecksumIsRefused() throws Exception {
        Files.writeString(remote("one").resolve("one-1.jar.sha1"), "0".repeat(40));

        ArtifactFailure failure =
                assertThrows(ArtifactFailure.class, () -> homes.assemble(release, Progress.SILENT));

        assertTrue(failure.isRetryable());
        assertEquals(Optional.empty(), homes.ready(release));
    }

    @Test
    void theNextAssemblyTidiesUpAfterOneThatWasKilled() throws Exception {
        Path half = folder.resolve("cache/flink").resolve(release.folder() + ".half");
        Files.createDirectories(half.resolve("lib"));
        Files.writeString(half.resolve("lib").resolve("one-1.jar"), "fir");

        homes.assemble(release, Progress.SILENT);

        assertEquals(List.of(release.folder(), release.folder() + ".lock"), names());
    }

    /** What lies in the folder of homes. */
    private List<String> names() throws IOException {
        try (Stream<Path> children = Files.list(folder.resolve("cache").resolve("flink"))) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private void publish(String name, String content) throws IOException {
        Path target = Files.createDirectories(remote(name));
        Files.writeString(target.resolve(name + "-1.jar"), content);
        Files.writeString(target.resolve(name + "-1.jar.sha1"), sha1(content));
    }

    private Path remote(String name) {
        return folder.resolve("remote/org/example").resolve(name).resolve("1");
    }

    private static LockedArtifact locked(String name, String content) {
        return new LockedArtifact("org.example", name, "1", Digest.of(content), content.length());
    }

    private static FlinkRelease release(LockedArtifact... artifacts) {
        return new FlinkRelease(
                "9.9",
                "9.9.1",
                List.of(17),
                List.of(),
                "config.yaml",
                new TreeMap<>(),
                true,
                List.of(),
                List.of(),
                List.of(artifacts));
    }

    private static String sha1(String content) {
        try {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
