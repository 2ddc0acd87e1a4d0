// SPDX-License-Identifier: Apache-2.0
package dev.sluice.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a source file must and must not say. The words are split so that this file passes. */
class SourceRulesTest {
    private static final Path ROOT = projectRoot();
    private static final String LICENCE = "// SPDX-License-Identifier: Apache-2.0";
    private static final List<String> BANNED_IN_TESTS =
            List.of("Thread." + "sleep", "@Dis" + "abled", "assume" + "True", "assume" + "False");
    private static final int LONGEST_FILE = 400;

    @Test
    void thereAreSourcesToLookAt() throws IOException {
        assertFalse(sources("/src/main/java/").isEmpty());
    }

    @Test
    void everyFileNamesItsLicenceOnTheFirstLine() throws IOException {
        assertNone(sources("/src/"), file -> !LICENCE.equals(lines(file).get(0)));
    }

    @Test
    void everyPackageExplainsItself() throws IOException {
        assertNone(
                sources("/src/main/java/"),
                file -> !Files.exists(file.resolveSibling("package-info.java")));
    }

    @Test
    void testsWaitForConditionsAndNeverSkip() throws IOException {
        assertNone(
                sources("/src/test/"),
                file -> lines(file).stream()
                        .anyMatch(line -> BANNED_IN_TESTS.stream().anyMatch(line::contains)));
    }

    @Test
    void noFileIsLongerThanFourHundredLines() throws IOException {
        assertNone(sources("/src/main/java/"), file -> lines(file).size() > LONGEST_FILE);
    }

    private static void assertNone(List<Path> files, Predicate<Path> offends) {
        List<Path> offenders =
                files.stream().filter(offends).map(ROOT::relativize).toList();

        assertEquals(List.of(), offenders);
    }

    private static List<Path> sources(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !ROOT.relativize(file).toString().contains("target/"))
                    .filter(file -> file.toString().contains(folder))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException problem) {
            throw new IllegalStateException("A source file cannot be read: " + file, problem);
        }
    }

    private static Path projectRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("spec-schema"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
