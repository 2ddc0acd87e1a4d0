// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The sample job {@code turnover.sql} and what its committed output proves. */
record Turnover(Path output) {
    String sql() {
        return script("turnover.sql");
    }

    String sqlWithTax() {
        return script("turnover-with-tax.sql");
    }

    String sqlWithoutAggregate() {
        return script("no-aggregate.sql");
    }

    /** How many rows are committed. */
    int rows() {
        return orders().values().stream().mapToInt(List::size).sum();
    }

    /**
     * What is wrong with the count of any shop: each must be 1, 2, 3, ... without gap (state or rows
     * lost), without repetition (state older than the output, or two instances at once).
     */
    List<String> flaws() {
        List<String> flaws = new ArrayList<>();
        orders().forEach((shop, counts) -> {
            List<Long> sorted = counts.stream().sorted().toList();
            for (int index = 0; index < sorted.size(); index++) {
                if (sorted.get(index) != index + 1) {
                    flaws.add(
                            "shop " + shop + ": " + sorted.get(index) + " at place " + (index + 1));
                    return;
                }
            }
        });
        return flaws;
    }

    private SortedMap<String, List<Long>> orders() {
        SortedMap<String, List<Long>> orders = new TreeMap<>();
        for (String row : committed()) {
            String[] fields = row.split(",");
            orders.computeIfAbsent(fields[0], unused -> new ArrayList<>())
                    .add(Long.parseLong(fields[1]));
        }
        return orders;
    }

    /** Files that are still written have names with a dot in front. */
    private List<String> committed() {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(output)) {
            for (Path file : files.sorted().toList()) {
                if (!file.getFileName().toString().startsWith(".")) {
                    rows.addAll(Files.readAllLines(file));
                }
            }
        } catch (NoSuchFileException notYet) {
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private String script(String name) {
        try (InputStream in = Turnover.class.getResourceAsStream("/sql/" + name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.replace("${output}", "file:" + output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
