// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/fault-matrix.md} has every row, and each row names tests that exist. */
class FaultMatrixTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern ROW =
            Pattern.compile("^\\| ([A-Z]\\d+) \\| [^|]+ \\| ([^|]+) \\|$");
    private static final Pattern METHOD = Pattern.compile("`(\\w+)\\.(\\w+)`");
    private static final Pattern SCENARIO = Pattern.compile("scenario `([^`]+)`");
    private static final Pattern CORPUS = Pattern.compile("corpus `([^`]+)`");

    @Test
    void everyFaultHasItsRow() throws IOException {
        List<String> faults = Stream.of(
                        ids("C", 13),
                        ids("F", 11),
                        ids("K", 4),
                        ids("T", 2),
                        ids("D", 3),
                        ids("G", 8),
                        ids("S", 5),
                        ids("Y", 3))
                .flatMap(ids -> ids)
                .toList();

        assertEquals(faults, rows().stream().map(Row::id).toList());
    }

    @Test
    void everyRowNamesTestsThatExist() throws IOException {
        SortedMap<String, String> sources = sources();
        List<String> flaws = new ArrayList<>();
        for (Row row : rows()) {
            boolean isTested = row.tests().contains("`");
            if (!isTested) {
                flaws.add(row.id() + " names no test");
            }
            check(row, METHOD, name -> has(sources, name), flaws);
            check(
                    row,
                    SCENARIO,
                    name -> exists("planners/src/test/resources/scenarios", name),
                    flaws);
            check(
                    row,
                    CORPUS,
                    name -> exists("spec-schema/src/test/resources/corpus", name),
                    flaws);
        }

        assertEquals(List.of(), flaws);
    }

    private record Row(String id, String tests) {}

    private static void check(
            Row row, Pattern pattern, Predicate<String> isThere, List<String> flaws) {
        Matcher named = pattern.matcher(row.tests());
        while (named.find()) {
            String name = named.group().replaceAll("^\\w+ |`", "");
            boolean isMoment = name.matches("[A-Z]+\\.[A-Z]+");
            if (!isMoment && !isThere.test(name)) {
                flaws.add(row.id() + " names " + name + ", which is not there");
            }
        }
    }

    private static boolean has(SortedMap<String, String> sources, String name) {
        String[] parts = name.split("\\.");
        Pattern test = Pattern.compile("(?m)^ +(void|Stream<DynamicTest>) " + parts[1] + "\\(");
        return test.matcher(sources.getOrDefault(parts[0], "")).find();
    }

    private static boolean exists(String folder, String name) {
        return Files.exists(ROOT.resolve(folder).resolve(name + ".txt"));
    }

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/fault-matrix.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> new Row(row.group(1), row.group(2)))
                .toList();
    }

    /** Texts of all test classes by name; the drivers' contract is one of them. */
    private static SortedMap<String, String> sources() throws IOException {
        SortedMap<String, String> sources = new TreeMap<>();
        for (String module : List.of("drivers", "planners", "reconciler", "spec-schema")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> file.toString().matches(".*/src/test/.*|.*/contract/.*"))
                        .forEach(file -> sources.put(
                                file.getFileName().toString().replace(".java", ""), read(file)));
            }
        }
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> ids(String letter, int last) {
        return IntStream.rangeClosed(1, last).mapToObj(number -> letter + number);
    }
}
