// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.demo;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a sample job has written: rows that begin with a key and a number, the number counting the
 * rows of that key. Whoever loses state starts from one again; whoever runs twice repeats a number.
 */
record NumberedRows(Path folder) {
    NumberedRows {
        requireNonNull(folder, "folder is null");
    }

    /** Committed rows so far. */
    int count() throws IOException {
        return numbers().values().stream().mapToInt(List::size).sum();
    }

    /** The first gap or repetition of each key; empty when every key counts 1, 2, 3, ... */
    List<String> flaws() throws IOException {
        List<String> flaws = new ArrayList<>();
        numbers().forEach((key, numbers) -> {
            List<Long> sorted = numbers.stream().sorted().toList();
            for (int index = 0; index < sorted.size(); index++) {
                if (sorted.get(index) != index + 1) {
                    flaws.add("key " + key + " has " + sorted.get(index) + " where " + (index + 1)
                            + " belongs");
                    return;
                }
            }
        });
        return flaws;
    }

    private SortedMap<String, List<Long>> numbers() throws IOException {
        SortedMap<String, List<Long>> numbers = new TreeMap<>();
        for (String row : rows()) {
            String[] cells = row.split(",");
            numbers.computeIfAbsent(cells[0], key -> new ArrayList<>())
                    .add(Long.parseLong(cells[1]));
        }
        return numbers;
    }

    /** Flink's file sink names what is not committed yet with a dot in front. */
    private List<String> rows() throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                if (!file.getFileName().toString().startsWith(".")) {
                    rows.addAll(Files.readAllLines(file));
                }
            }
        } catch (NoSuchFileException nothingWrittenYet) {
            return rows;
        }
        return rows;
    }
}
