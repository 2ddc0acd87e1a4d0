// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every file below {@code scenarios} is a claim: its commands are played, and what the planner says
 * must be what the file says. {@code -Dgolden.update=true} writes the files anew.
 */
class ScenariosTest {
    private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");
    private static final String COMMAND = "> ";

    @TestFactory
    Stream<DynamicTest> everyScenarioTellsWhatItsFileTells() throws IOException {
        return files().stream()
                .filter(file -> file.toString().endsWith(".txt"))
                .map(file -> DynamicTest.dynamicTest(
                        SCENARIOS.relativize(file).toString(), () -> play(file)));
    }

    @Test
    void noFileIsUnused() throws IOException {
        List<Path> unused = files().stream()
                .filter(file -> !file.toString().endsWith(".txt"))
                .filter(file -> !file.endsWith("README.md"))
                .toList();

        assertEquals(List.of(), unused);
    }

    private static void play(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        assertTrue(lines.get(0).startsWith("# "), "the first line states the claim: " + file);

        boolean isOfMany = file.getParent().endsWith("house");
        List<String> told = told(lines, isOfMany ? new HouseStory()::play : new Story()::play);

        if (Boolean.getBoolean("golden.update")) {
            Files.write(file, told);
        }
        assertEquals(String.join("\n", lines), String.join("\n", told));
    }

    private static List<String> told(List<String> lines, Function<String, List<String>> story) {
        List<String> told = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("#") || line.isBlank()) {
                told.add(line);
            }
            if (line.startsWith(COMMAND)) {
                told.add(line);
                told.addAll(story.apply(line.substring(COMMAND.length())));
            }
        }
        return told;
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(SCENARIOS)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
