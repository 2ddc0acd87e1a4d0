// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.FileDigest;
import dev.sluice.spec.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Artifacts by digest and name: {@code artifacts/<sha256>/<name's hash>/<file>}. The name belongs to the
 * key, so that a lock file that pairs a permitted name with the digest of somebody else's jar finds
 * nothing here. Every file is hashed again each time it is asked for.
 *
 * <p>A file appears by one rename. Files that were not asked for the longest go first.
 */
public final class ArtifactCache {
    /** Whoever asked for a file may still be reading it. */
    private static final Duration IN_USE = Duration.ofHours(1);

    /** A file that several jobs need is not touched for each of their looks. */
    private static final Duration STEP = Duration.ofMinutes(5);

    private final Path folder;
    private final Clock clock;

    /** @param cache see {@link CacheDirectory} */
    public ArtifactCache(Path cache, Clock clock) {
        this.folder = requireNonNull(cache, "cache is null").resolve("artifacts");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * A file of the cache.
     *
     * @param bytes its size
     * @param used when it was asked for last
     */
    public record Entry(Path file, long bytes, Instant used) {}

    /** The file, if it is here with these very bytes; a damaged one is removed. */
    public Optional<Path> find(String name, Digest digest) throws IOException {
        Path file = place(name, digest);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (!FileDigest.of(file).equals(digest)) {
            Files.deleteIfExists(file);
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(STEP))) {
            Files.setLastModifiedTime(file, FileTime.from(now));
        }
        return Optional.of(file);
    }

    /** Takes bytes over. */
    public Path keep(String name, byte[] bytes) throws IOException {
        Path half = newFile();
        Files.write(half, bytes);
        return keep(name, Digest.of(bytes), half);
    }

    /** Takes over a file made by {@link #newFile()}, whose digest the caller has found. */
    Path keep(String name, Digest digest, Path half) throws IOException {
        Path file = place(name, digest);
        Files.createDirectories(file.getParent());
        Files.setLastModifiedTime(half, FileTime.from(clock.instant()));
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        return file;
    }

    /**
     * Remembers which bytes a name that is in no lock file meant, so that it is not fetched again.
     *
     * @param from who gave them; empty when nobody is worth a name
     */
    void remember(String name, Digest digest, String from) throws IOException {
        Path half = newFile();
        Files.writeString(half, digest.hex() + "\n" + from + "\n");
        Files.createDirectories(note(name).getParent());
        Files.move(half, note(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** What was remembered: the digest, and who gave the bytes. */
    Optional<Map.Entry<Digest, String>> recall(String name) throws IOException {
        try {
            String[] lines = Files.readString(note(name)).split("\n", -1);
            return Optional.of(Map.entry(new Digest(lines[0]), lines[1]));
        } catch (NoSuchFileException | IllegalArgumentException nothing) {
            return Optional.empty();
        }
    }

    private Path note(String name) {
        return folder.resolve("unlocked").resolve(Digest.of(name).hex());
    }

    /** An empty file on the same file system, to be filled and kept, or deleted. */
    Path newFile() throws IOException {
        Path halves = folder.resolve("half");
        Files.createDirectories(halves);
        return Files.createTempFile(halves, "artifact", ".half");
    }

    /** Everything that is here, half-made files included, the longest unused first. */
    public List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return entries;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entry(file).ifPresent(entries::add);
            }
        }
        entries.sort(Comparator.comparing(Entry::used).thenComparing(Entry::file));
        return entries;
    }

    /**
     * Removes the longest unused files until the rest is not larger than the limit. What was used
     * within the last hour stays.
     *
     * @param limit bytes
     * @return what was removed
     */
    public List<Entry> trim(long limit) throws IOException {
        List<Entry> removed = new ArrayList<>();
        List<Entry> entries = entries();
        long bytes = entries.stream().mapToLong(Entry::bytes).sum();
        Instant idle = clock.instant().minus(IN_USE);
        for (Entry entry : entries) {
            if (bytes <= limit || entry.used().isAfter(idle)) {
                break;
            }
            Files.deleteIfExists(entry.file());
            bytes -= entry.bytes();
            removed.add(entry);
        }
        return removed;
    }

    private static Optional<Entry> entry(Path file) throws IOException {
        try {
            return Optional.of(new Entry(
                    file, Files.size(file), Files.getLastModifiedTime(file).toInstant()));
        } catch (NoSuchFileException removedMeanwhile) {
            return Optional.empty();
        }
    }

    private Path place(String name, Digest digest) {
        return folder.resolve(digest.hex())
                .resolve(Digest.of(name).brief())
                .resolve(fileName(name));
    }

    /** A name that people know again: {@code orders-1.4.2.jar} of {@code com.acme:orders:1.4.2}. */
    private static String fileName(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1).replaceFirst("[?#].*", "");
        String[] parts = last.split(":");
        String base = parts.length > 2 ? parts[1] + "-" + parts[parts.length - 1] : last;
        String plain = base.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[.-]+", "");
        String brief = plain.substring(0, Math.min(plain.length(), 100));
        return brief.endsWith(".jar") ? brief : brief + ".jar";
    }
}
