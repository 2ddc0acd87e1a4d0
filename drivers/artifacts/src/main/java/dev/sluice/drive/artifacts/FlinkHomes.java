// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import dev.sluice.drive.FileDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Flink homes under a cache folder, made of Maven artifacts, because Maven Central has no
 * {@code flink-dist}.
 *
 * <p>A home appears by one rename with its marker inside, so a half-made one is never seen; a jar
 * that somebody removed later is put back on the next use. Two processes never assemble at once.
 */
public final class FlinkHomes {
    private static final String MARKER = "complete.txt";

    private final Path folder;
    private final MavenRepository repository;

    /** @param cache see {@link CacheDirectory} */
    public FlinkHomes(Path cache, MavenLocation location) {
        this.folder = cache.resolve("flink");
        this.repository = new MavenRepository(location);
    }

    /** The home, when it is complete already; touches no network and takes milliseconds. */
    public Optional<FlinkHome> ready(FlinkRelease release) {
        Path root = folder.resolve(release.folder());
        boolean complete =
                Files.exists(root.resolve(MARKER)) && missing(release, root).isEmpty();
        return complete ? Optional.of(new FlinkHome(release, root)) : Optional.empty();
    }

    /** Makes or repairs the home. Waits for another process that does the same. */
    public FlinkHome assemble(FlinkRelease release, Progress progress)
            throws ArtifactFailure, InterruptedException {
        try {
            FolderLock lock = FolderLock.acquire(folder.resolve(release.folder() + ".lock"));
            try {
                return assembleAlone(release, progress);
            } finally {
                lock.close();
            }
        } catch (IOException e) {
            throw new ArtifactFailure(
                    true, "cannot write a Flink home under " + folder + ": " + e, e);
        }
    }

    private FlinkHome assembleAlone(FlinkRelease release, Progress progress)
            throws IOException, ArtifactFailure {
        Optional<FlinkHome> ready = ready(release);
        if (ready.isPresent()) {
            return ready.get();
        }
        Path root = folder.resolve(release.folder());
        if (Files.exists(root)) {
            fill(release, root, progress);
        } else {
            make(release, root, progress);
        }
        return new FlinkHome(release, root);
    }

    private void make(FlinkRelease release, Path root, Progress progress)
            throws IOException, ArtifactFailure {
        // The lock is held, so whatever lies here was left by an assembler that was killed.
        Path half = folder.resolve(release.folder() + ".half");
        delete(half);
        try {
            fill(release, half, progress);
            Files.move(half, root, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(half);
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void fill(FlinkRelease release, Path root, Progress progress)
            throws IOException, ArtifactFailure {
        Files.createDirectories(root.resolve("lib"));
        Files.createDirectories(root.resolve("conf"));
        List<LockedArtifact> missing = missing(release, root);
        List<String> coordinates =
                missing.stream().map(LockedArtifact::coordinate).toList();
        String what = "Flink " + release.patch();
        List<Path> files =
                repository.fetch(coordinates, new DownloadProgress(what, missing, progress));
        for (int index = 0; index < missing.size(); index++) {
            put(missing.get(index), files.get(index), root.resolve("lib"));
        }
        Files.writeString(
                root.resolve("conf").resolve("log4j-console.properties"), FlinkHome.logging());
        Files.writeString(root.resolve(MARKER), release.lock());
    }

    private static List<LockedArtifact> missing(FlinkRelease release, Path root) {
        List<LockedArtifact> missing = new ArrayList<>();
        for (LockedArtifact artifact : release.artifacts()) {
            if (root.resolve("lib").resolve(artifact.fileName()).toFile().length()
                    != artifact.size()) {
                missing.add(artifact);
            }
        }
        return missing;
    }

    private static void put(LockedArtifact artifact, Path file, Path lib)
            throws IOException, ArtifactFailure {
        if (!FileDigest.of(file).equals(artifact.digest())) {
            throw new ArtifactFailure(
                    false,
                    file + " is not the " + artifact.coordinate()
                            + " that Sluice pins: remove it and try again");
        }
        Path half = lib.resolve(artifact.fileName() + ".half");
        Files.deleteIfExists(half);
        linkOrCopy(file, half);
        Files.move(half, lib.resolve(artifact.fileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    /** A home shares its 180 MB with the local repository where the file system can. */
    private static void linkOrCopy(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (IOException | UnsupportedOperationException otherFileSystem) {
            Files.copy(file, target);
        }
    }
}
