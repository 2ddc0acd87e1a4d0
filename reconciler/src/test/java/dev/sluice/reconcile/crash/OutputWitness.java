// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the counting job has committed: rows of a key and a number, which counts the rows of that key.
 * Each file is read once: a committed file never changes.
 */
public final class OutputWitness {
    private final Path folder;
    private final Set<String> known = new HashSet<>();
    private final SortedMap<String, BitSet> numbers = new TreeMap<>();
    private int rows;

    public OutputWitness(Path folder) {
        this.folder = requireNonNull(folder, "folder is null");
    }

    /** Fails unless the numbers of several keys are there, from 1 on, each once. */
    public static void assertWhole(Path folder) throws IOException {
        OutputWitness output = new OutputWitness(folder);
        assertEquals(List.of(), output.look());
        assertEquals(List.of(), output.gaps());
        assertTrue(output.numbers.size() > 1, output.numbers::toString);
    }

    /** Reads what is new; answers what is there a second time, which nothing can heal. */
    public synchronized List<String> look() throws IOException {
        List<String> repeated = new ArrayList<>();
        for (String file : committed()) {
            if (known.add(file)) {
                for (String row : Files.readAllLines(folder.resolve(file))) {
                    read(row, file, repeated);
                }
            }
        }
        return repeated;
    }

    private void read(String row, String file, List<String> repeated) {
        String[] cells = row.split(",");
        int number = Integer.parseInt(cells[1]);
        BitSet seen = numbers.computeIfAbsent(cells[0], key -> new BitSet());
        if (seen.get(number)) {
            repeated.add("key " + cells[0] + " has " + number + " again, in " + file);
        }
        seen.set(number);
        rows++;
    }

    public synchronized int rows() {
        return rows;
    }

    /** Numbers below the greatest that are missing; for a moment, while files are being committed. */
    public synchronized List<String> gaps() {
        List<String> gaps = new ArrayList<>();
        numbers.forEach((key, seen) -> {
            int missing = seen.nextClearBit(1);
            if (missing < seen.length()) {
                gaps.add("key " + key + " lacks " + missing + " and has " + (seen.length() - 1));
            }
        });
        return gaps;
    }

    /** Flink's file sink names what is not committed with a dot in front. There are thousands of others. */
    private List<String> committed() {
        String[] files = folder.toFile().list((directory, name) -> !name.startsWith("."));
        return files == null ? List.of() : List.of(files);
    }
}
