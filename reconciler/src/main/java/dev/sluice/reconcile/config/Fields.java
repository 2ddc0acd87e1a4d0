// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.config;

import dev.sluice.reconcile.text.Periods;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.finding.NearestName;
import dev.sluice.spec.yaml.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The fields of one mapping of texts; a field that is wrong is told and then as if it were absent. */
final class Fields {
    private final Node.Mapping document;
    private final List<String> known;
    private final Path folder;
    private final Findings findings;

    /** @param folder what relative paths start at */
    Fields(Node.Mapping document, List<String> known, Path folder, Findings findings) {
        this.document = document;
        this.known = List.copyOf(known);
        this.folder = folder;
        this.findings = findings;
    }

    /** Tells of every field that is not known or no text. */
    void refuseOthers() {
        document.entries().forEach(this::refuseUnknown);
        document.entries().forEach(this::refuseStructure);
    }

    Optional<String> text(String name) {
        return document.text(name);
    }

    Optional<String> required(String name) {
        Optional<String> text = document.text(name).filter(value -> !value.isBlank());
        if (text.isEmpty()) {
            findings.error(
                    "missing-field",
                    document.at(),
                    "",
                    "expected the field " + name + ", found none",
                    "add " + name + ": ... to the file");
        }
        return text;
    }

    Optional<Duration> period(String name, String example) {
        Optional<String> text = document.text(name);
        Optional<Duration> period = text.flatMap(Periods::read);
        if (text.isPresent() && period.isEmpty()) {
            wrong(name, "a period such as " + example, text.get());
        }
        return period;
    }

    /** A file that is there. */
    Optional<Path> file(String name) {
        return path(name, Files::isRegularFile, "a file");
    }

    /** A folder that is there. */
    Optional<Path> folder(String name) {
        return path(name, Files::isDirectory, "a folder");
    }

    /** Folders that are there, separated by colons. */
    List<Path> folders(String name) {
        List<Path> folders = Arrays.stream(text(name).orElse("").split(":"))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(folder::resolve)
                .map(Path::normalize)
                .toList();
        folders.stream()
                .filter(path -> !Files.isDirectory(path))
                .forEach(path -> wrong(name, "a folder that is there", path.toString()));
        return folders;
    }

    /** Tells that a field has another value than it may have. */
    void wrong(String name, String expected, String found) {
        refuse(name, "expected " + expected + ", found " + found, "correct " + name);
    }

    /** The same in other words. */
    void refuse(String name, String text, String nextStep) {
        findings.error(
                "wrong-value",
                document.entries().get(name).value().at(),
                "/" + name,
                text,
                nextStep);
    }

    private interface Kind {
        boolean holds(Path path);
    }

    private Optional<Path> path(String name, Kind kind, String expected) {
        Optional<Path> path = document.text(name).map(folder::resolve).map(Path::normalize);
        if (path.isPresent() && !kind.holds(path.get())) {
            wrong(name, expected + " that is there", path.get().toString());
            return Optional.empty();
        }
        return path;
    }

    private void refuseUnknown(String name, Node.Entry entry) {
        if (!known.contains(name)) {
            String hint = NearestName.of(name, known)
                    .map(near -> "did you mean " + near + "?")
                    .orElse("the fields are " + String.join(", ", known));
            findings.error("unknown-field", entry.key(), "/" + name, "unknown field " + name, hint);
        }
    }

    private void refuseStructure(String name, Node.Entry entry) {
        if (known.contains(name) && !(entry.value() instanceof Node.Scalar)) {
            findings.error(
                    "wrong-type",
                    entry.value().at(),
                    "/" + name,
                    "expected a text for " + name + ", found " + entry.value().describe(),
                    "correct " + name);
        }
    }
}
