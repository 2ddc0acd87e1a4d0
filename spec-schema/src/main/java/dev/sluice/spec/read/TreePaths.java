// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.finding.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds files that a job names: beside the job first, then from the root of the repository. A name never
 * leads out of the tree, and never through a link.
 */
final class TreePaths {
    private final TreeFiles files;
    private final String folder;
    private final Findings findings;

    TreePaths(TreeFiles files, String folder, Findings findings) {
        this.files = files;
        this.folder = folder;
        this.findings = findings;
    }

    /** The entry, or a finding at the place that names it. */
    Optional<Tree.Entry> resolve(String written, SourceLocation at, String pointer) {
        Optional<String> name = inside(written, at, pointer);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        List<String> candidates = new ArrayList<>();
        candidates.add(folder.isEmpty() ? name.get() : folder + "/" + name.get());
        if (!folder.isEmpty()) {
            candidates.add(name.get());
        }
        for (String candidate : candidates) {
            Optional<Tree.Entry> found = files.find(candidate);
            if (found.isPresent()) {
                return usable(found.get(), at, pointer);
            }
            Optional<Tree.Entry> link = linkAbove(candidate);
            if (link.isPresent()) {
                return usable(link.get(), at, pointer);
            }
        }
        findings.error(
                "file-not-found",
                at,
                pointer,
                "expected a file, found nothing at " + String.join(" and ", candidates),
                "add the file or correct its name");
        return Optional.empty();
    }

    private Optional<Tree.Entry> usable(Tree.Entry entry, SourceLocation at, String pointer) {
        if (entry.kind() == Tree.Kind.FILE) {
            return Optional.of(entry);
        }
        findings.error(
                "not-a-file",
                at,
                pointer,
                "expected a file of the repository, found that " + entry.path() + " is a "
                        + TreeFiles.word(entry.kind()),
                "put the file itself into the repository");
        return Optional.empty();
    }

    private Optional<Tree.Entry> linkAbove(String path) {
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            Optional<Tree.Entry> entry = files.find(path.substring(0, slash));
            if (entry.isPresent() && entry.get().kind() != Tree.Kind.FILE) {
                return entry;
            }
        }
        return Optional.empty();
    }

    private Optional<String> inside(String written, SourceLocation at, String pointer) {
        String name = written.startsWith("./") ? written.substring(2) : written;
        boolean absolute = name.startsWith("/") || name.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*");
        boolean odd = name.isBlank() || name.indexOf('\\') >= 0 || name.endsWith("/");
        boolean leaves = List.of(name.split("/", -1)).stream()
                .anyMatch(part -> part.equals("..") || part.equals(".") || part.isEmpty());
        if (absolute || odd || leaves) {
            findings.error(
                    "path",
                    at,
                    pointer,
                    "expected a path inside the repository, found \"" + written + "\"",
                    "name the file beside the job or from the root, without .. and leading /");
            return Optional.empty();
        }
        return Optional.of(name);
    }
}
