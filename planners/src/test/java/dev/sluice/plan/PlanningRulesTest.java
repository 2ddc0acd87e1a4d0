// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of rules and the scenarios tell the same. */
class PlanningRulesTest {
    private static final Path PAGE = Path.of("../docs/planning-rules.md");
    private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (D?[0-9]+) \\|");

    @Test
    void everyScenarioIsLinkedAndEveryLinkLeadsToAFile() throws IOException {
        Set<Path> linked = LINK.matcher(Files.readString(PAGE))
                .results()
                .map(link -> PAGE.resolveSibling(link.group(1)).normalize())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<Path> files;
        try (Stream<Path> walk = Files.walk(SCENARIOS)) {
            files = walk.filter(Files::isRegularFile)
                    .map(file -> Path.of("../planners").resolve(file).normalize())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        assertEquals(files, linked);
    }

    @Test
    void everyDecisionRowAndEveryCaseHasALine() throws IOException {
        Set<String> rows = ROW.matcher(Files.readString(PAGE))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> expected = Stream.concat(
                        IntStream.rangeClosed(0, 16).mapToObj(number -> "D" + number),
                        IntStream.rangeClosed(1, 50).mapToObj(String::valueOf))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(expected, rows);
    }
}
