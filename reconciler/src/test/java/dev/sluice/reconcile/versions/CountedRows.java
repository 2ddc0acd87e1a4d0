// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.versions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a job has committed: rows of a key, a number, a label, and of a jar what the source said. */
record CountedRows(List<List<String>> rows) {
    private static final int KEYS = 4;

    CountedRows {
        rows = List.copyOf(rows);
    }

    /** Reads everything; files that are still written have names with a dot in front. */
    static CountedRows of(Path output) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(output)) {
            for (Path file : files.sorted().toList()) {
                if (!file.getFileName().toString().startsWith(".")) {
                    for (String line : Files.readAllLines(file)) {
                        rows.add(List.of(line.split(",")));
                    }
                }
            }
        }
        return new CountedRows(rows);
    }

    boolean hasLabel(String label) {
        return rows.stream().anyMatch(row -> row.get(2).equals(label));
    }

    /** Rows whose source was elsewhere than the count: what was read came twice, or not at all. */
    List<List<String>> misplaced() {
        return rows.stream()
                .filter(row -> row.size() > 3)
                .filter(row -> Long.parseLong(row.get(3))
                        != (Long.parseLong(row.get(1)) - 1) * KEYS + Long.parseLong(row.get(0)))
                .toList();
    }
}
