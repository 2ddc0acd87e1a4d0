// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table of plain text with aligned columns, for terminals and logs. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** @param header titles of the columns; every row has as many cells */
    public TextTable(String... header) {
        rows.add(List.of(header));
    }

    /** Adds a row. */
    public TextTable row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException("a row needs as many cells as the header");
        }
        rows.add(List.of(cells));
        return this;
    }

    /** The table, a line per row, each ended by a line feed, without trailing blanks. */
    @Override
    public String toString() {
        return rows.stream().map(this::line).collect(Collectors.joining("\n", "", "\n"));
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            line.append(cell).append(" ".repeat(width(column) - cell.length())).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
