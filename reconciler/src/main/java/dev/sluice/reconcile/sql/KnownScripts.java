// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.sql;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Scripts that one Flink version has taken before, by digest of the effective text. What is lost or
 * cannot be kept is read by Flink again: only time is at stake. Mistakes are not kept.
 */
final class KnownScripts {
    private static final int MOST = 100_000;

    private final Path file;
    private final Set<String> before;
    private final Set<String> now = new LinkedHashSet<>();

    private KnownScripts(Path file, Set<String> before) {
        this.file = requireNonNull(file, "file is null");
        this.before = before;
    }

    /** What the file says; a missing or broken one says nothing. */
    static KnownScripts of(Path file) {
        Set<String> digests = new LinkedHashSet<>();
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            lines.forEach(digests::add);
        } catch (IOException | java.io.UncheckedIOException unread) {
            digests.clear();
        }
        return new KnownScripts(file, digests);
    }

    boolean has(String script) {
        String digest = Digest.of(script).hex();
        return now.contains(digest) || before.contains(digest) && now.add(digest);
    }

    void add(String script) {
        now.add(Digest.of(script).hex());
    }

    /** Keeps what was asked for in this run, then the rest, up to a limit; in one move. */
    void save() {
        Set<String> all = new LinkedHashSet<>(now);
        all.addAll(before);
        if (before.containsAll(now)) {
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            Path half = Files.createTempFile(file.getParent(), "half", ".txt");
            try {
                Files.write(half, all.stream().limit(MOST).toList());
                Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (IOException unsaved) {
            return; // the next run reads again
        }
    }
}
