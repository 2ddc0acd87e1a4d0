// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.change.ChangeClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
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
    /** A row of a decision, a case or a class of change, and the rest of its line. */
    private static final Pattern NAMED_ROW =
            Pattern.compile("(?m)^\\| (D?[0-9]+|`[A-Z_]+`) \\|(.*)$");

    /** A class that decides or proves what no scenario can show, in backticks. */
    private static final Pattern NAMED_PLACE = Pattern.compile("`([A-Z][A-Za-z]+)`");

    /** Names of files and keys are the drivers' own: the planner sees none. */
    private static final List<String> BEYOND_THE_PLANNER = List.of("44");

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

    @Test
    void everyDecisionRowEveryCaseAndEveryClassOfChangeHasAScenario() throws IOException {
        Set<String> without = Files.readAllLines(PAGE).stream()
                .map(NAMED_ROW::matcher)
                .filter(Matcher::find)
                .filter(row -> !row.group(2).contains("/scenarios/"))
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(new TreeSet<>(BEYOND_THE_PLANNER), without);
    }

    @Test
    void everyClassThatARowNamesIsThereAndACaseWithoutScenarioNamesOne() throws IOException {
        Set<String> sources;
        try (Stream<Path> walk = Files.walk(Path.of(".."))) {
            sources = walk.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .collect(Collectors.toSet());
        }
        Set<String> without = Files.readAllLines(PAGE).stream()
                .map(NAMED_ROW::matcher)
                .filter(Matcher::find)
                .filter(row -> !namesOnly(row.group(2), sources)
                        || !row.group(2).contains("/scenarios/")
                                && !NAMED_PLACE.matcher(row.group(2)).find())
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(Set.of(), without);
    }

    private static boolean namesOnly(String row, Set<String> sources) {
        List<String> named = NAMED_PLACE
                .matcher(row)
                .results()
                .map(place -> place.group(1) + ".java")
                .toList();
        return sources.containsAll(named);
    }

    @Test
    void everyClassOfChangeHasARow() throws IOException {
        Set<String> rows = NAMED_ROW
                .matcher(Files.readString(PAGE))
                .results()
                .map(row -> row.group(1))
                .filter(name -> name.startsWith("`"))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> classes = Stream.of(ChangeClass.values())
                .map(change -> "`" + change + "`")
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(rows.containsAll(classes), () -> classes + " in " + rows);
    }
}
