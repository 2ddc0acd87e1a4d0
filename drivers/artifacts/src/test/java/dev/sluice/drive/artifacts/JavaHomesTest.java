// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaHomesTest {
    private static final FlinkReleases RELEASES = FlinkReleases.bundled();

    @TempDir
    Path folder;

    @Test
    void eachVersionRunsOnTheJavaItLikesBest() throws IOException {
        Path eleven = java("11.0.22");
        Path seventeen = java("17.0.9");
        JavaHomes javas = new JavaHomes(List.of(seventeen, eleven), List.of());

        assertEquals(Optional.of(eleven), javas.of(release("1.15")));
        assertEquals(Optional.of(seventeen), javas.of(release("2.3")));
    }

    @Test
    void aJavaThatMerelyLiesAroundIsTakenOnlyWhereNoChosenOneWillDo() throws IOException {
        Path eleven = java("11.0.22");
        Path seventeen = java("17.0.9");

        assertEquals(
                Optional.of(seventeen),
                new JavaHomes(List.of(seventeen), List.of(eleven)).of(release("1.15")));
        assertEquals(
                Optional.of(eleven),
                new JavaHomes(List.of(java("25")), List.of(eleven)).of(release("1.15")));
    }

    @Test
    void whatIsMissingIsSaidWithWhatIsThere() throws IOException {
        Path eight = java("1.8.0_402");
        Path absent = folder.resolve("absent/bin/java");
        JavaHomes javas = new JavaHomes(List.of(eight), List.of())
                .choosing(List.of(folder.resolve("absent")));

        assertEquals(
                Optional.of("Flink 2.0 runs on Java 17 or 21 or 11, and here is Java 8 at " + eight
                        + ", none at " + absent
                        + ": install one of them, or name its folder in javaHomes of the"
                        + " controller's file"),
                javas.refusal(release("2.0")));
    }

    @Test
    void javasOfTheFolderAreFoundAndNamedOnesAreChosen() throws IOException {
        Path eleven = java("11.0.22");
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        JavaHomes javas = JavaHomes.installed(Map.of("SLUICE_JVM_DIR", folder.toString()));

        assertEquals(List.of(eleven), javas.found());
        assertEquals(
                elsewhere.resolve("bin/java"),
                javas.choosing(List.of(elsewhere)).chosen().get(1));
        assertEquals(
                JavaHomes.own(), JavaHomes.installed(Map.of("SLUICE_JVM_DIR", eleven + "-no")));
    }

    @Test
    void aJavaThatSaysNothingOfItselfMayDo() throws IOException {
        Path silent = java("");
        Files.delete(silent.getParent().resolveSibling("release"));

        assertEquals(
                Optional.of(silent), new JavaHomes(List.of(silent), List.of()).of(release("1.15")));
    }

    @Test
    void theJavaOfThisTestSaysItsVersion() {
        Path own = JavaHomes.own().chosen().get(0);

        assertEquals(Optional.of(Runtime.version().feature()), JavaHome.feature(own));
        assertTrue(Files.isExecutable(own));
    }

    private static FlinkRelease release(String minor) {
        return RELEASES.find(minor).orElseThrow();
    }

    private Path java(String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve(version.isEmpty() ? "silent" : version));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n");
        assertTrue(java.toFile().setExecutable(true));
        return java;
    }
}
