// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.JobKey;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.testing.MemoryTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One case of the corpus: a text file with a sentence, the files that differ from the valid base
 * repository, and the findings. Sections begin with {@code === file|delete|symlink|submodule PATH}; the
 * last one is {@code === expected}.
 */
record CorpusCase(Path path, String head, List<Section> sections, String expected) {
    record Section(String kind, String path, String text) {}

    private static final String MARK = "=== ";
    private static final String EXPECTED = "=== expected\n";

    static CorpusCase read(Path path) {
        try {
            return parse(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CorpusCase parse(Path path, String text) {
        int end = text.indexOf(EXPECTED);
        String given = end < 0 ? text : text.substring(0, end);
        String expected = end < 0 ? "" : text.substring(end + EXPECTED.length());
        List<Section> sections = new ArrayList<>();
        String[] parts = given.split("(?m)^" + MARK);
        for (int i = 1; i < parts.length; i++) {
            int line = parts[i].indexOf('\n');
            String[] title = parts[i].substring(0, line).split(" ", 2);
            sections.add(new Section(title[0], title[1], parts[i].substring(line + 1)));
        }
        return new CorpusCase(path, given, sections, expected);
    }

    MemoryTree over(MemoryTree base) {
        MemoryTree tree = base;
        for (Section section : sections) {
            tree = switch (section.kind()) {
                case "file" -> tree.with(section.path(), section.text());
                case "delete" -> tree.without(section.path());
                case "symlink" -> tree.with(link(section.path(), Tree.Kind.SYMLINK));
                case "submodule" -> tree.with(link(section.path(), Tree.Kind.SUBMODULE));
                default -> throw new IllegalStateException("unknown section " + section + path);
            };
        }
        return tree;
    }

    private static Tree.Entry link(String path, Tree.Kind kind) {
        return new Tree.Entry(path, "link", kind, 10);
    }

    /** The reading as the golden section has it. */
    static String print(CommitReading reading) {
        List<String> lines = new ArrayList<>();
        for (SpecError finding : reading.findings()) {
            lines.add("[" + finding.rule() + "] " + finding);
        }
        lines.add("jobs: "
                + names(reading.jobs().keySet().stream().map(JobKey::display).toList()));
        lines.add("held: "
                + names(reading.invalid().keySet().stream().map(JobKey::display).toList()));
        if (!reading.absenceIsCertain()) {
            lines.add("absence is not certain");
        }
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private static String names(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    void rewrite(String actual) {
        try {
            Files.writeString(path, head + EXPECTED + actual);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
