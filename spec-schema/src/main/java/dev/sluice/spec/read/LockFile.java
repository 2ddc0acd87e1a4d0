// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.Digest;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.schema.DocumentKind;
import dev.sluice.spec.yaml.JsonWriter;
import dev.sluice.spec.yaml.Node;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A {@code job.lock}: which bytes each artifact of a job is.
 *
 * @param path from the root of the tree
 * @param isThere whether the file exists and is one
 * @param rows by coordinate as the job writes it
 */
public record LockFile(String path, boolean isThere, SortedMap<String, Row> rows) {
    private static final String HEAD =
            "# Written by sluice lock: run it again instead of editing.\n"
                    + "apiVersion: sluice/v1\nkind: Lock\nartifacts:\n";

    /**
     * One artifact.
     *
     * @param from the repository that answered; for people, two rows that differ in it mean the same
     * @param needs coordinates its pom asks for, in the order of the class path; empty when nobody asked
     * @param without what was excluded then
     */
    public record Row(
            Digest digest,
            Optional<String> from,
            Optional<List<String>> needs,
            List<String> without) {
        public Row {
            requireNonNull(digest, "digest is null");
            requireNonNull(from, "from is null");
            needs = needs.map(List::copyOf);
            without = List.copyOf(without);
        }

        /** Whether the other means the same bytes and the same needs. */
        public boolean meansTheSame(Row other) {
            return digest.equals(other.digest)
                    && needs.equals(other.needs)
                    && without.equals(other.without);
        }
    }

    public LockFile {
        requireNonNull(path, "path is null");
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    }

    public Optional<Row> find(String coordinate) {
        return Optional.ofNullable(rows.get(coordinate));
    }

    /** The file as text; equal rows give equal text. */
    public String text() {
        StringBuilder text = new StringBuilder(HEAD);
        rows.forEach((coordinate, row) -> {
            text.append("  - coordinate: ").append(JsonWriter.write(coordinate)).append('\n');
            text.append("    sha256: ").append(row.digest()).append('\n');
            row.from()
                    .ifPresent(from -> text.append("    from: ")
                            .append(JsonWriter.write(from))
                            .append('\n'));
            row.needs().ifPresent(needs -> list(text, "needs", needs));
            if (!row.without().isEmpty()) {
                list(text, "without", row.without());
            }
        });
        return text.toString();
    }

    private static void list(StringBuilder text, String field, List<String> items) {
        String lines = items.stream()
                .map(item -> "      - " + JsonWriter.write(item) + "\n")
                .collect(Collectors.joining());
        text.append("    ").append(field).append(items.isEmpty() ? ": []\n" : ":\n" + lines);
    }

    /** Reads the file; what is wrong in it becomes findings, the other rows count. */
    static LockFile read(String path, TreeFiles files, Documents documents, Findings findings) {
        Optional<Node> list = files.find(path)
                .flatMap(entry -> documents.read(files, entry, DocumentKind.LOCK, findings))
                .flatMap(checked -> checked.root().find("artifacts"));
        SortedMap<String, Row> rows = new TreeMap<>();
        for (Node item : items(list)) {
            if (item instanceof Node.Mapping map) {
                map.text("coordinate")
                        .ifPresent(name -> row(map).ifPresent(row -> rows.put(name, row)));
            }
        }
        return new LockFile(path, list.isPresent(), rows);
    }

    private static Optional<Row> row(Node.Mapping map) {
        Optional<List<String>> needs = map.find("needs").map(node -> texts(Optional.of(node)));
        return map.text("sha256")
                .map(Digest::new)
                .map(sha -> new Row(sha, map.text("from"), needs, texts(map.find("without"))));
    }

    private static List<String> texts(Optional<Node> list) {
        return items(list).stream()
                .filter(Node.Scalar.class::isInstance)
                .map(item -> ((Node.Scalar) item).text())
                .toList();
    }

    private static List<Node> items(Optional<Node> list) {
        return list.filter(Node.Sequence.class::isInstance)
                .map(node -> ((Node.Sequence) node).items())
                .orElse(List.of());
    }
}
