// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * What bringing Flink to YARN needs beside a Flink home: a Hadoop client for the process that submits,
 * and {@code flink-yarn} in the home's {@code lib}.
 */
public final class YarnJars {
    private static final String DISTRIBUTION = "flink-dist-";

    private final Path folder;
    private final LockedJars jars;

    /** @param cache see {@link CacheDirectory} */
    public YarnJars(Path cache, MavenLocation location) {
        this.folder = requireNonNull(cache, "cache is null").resolve("yarn");
        this.jars = new LockedJars(location);
    }

    /** A Hadoop client, which talks to Hadoop 2.10 and 3. */
    public List<Path> client(Progress progress) throws ArtifactFailure {
        return jars.fetch(
                "the Hadoop client", FlinkReleases.text("locks/hadoop-client.txt"), progress);
    }

    /**
     * The home with everything that YARN's containers need: as it is where it is a distribution of
     * Flink; where it was assembled, a folder beside it with {@code flink-yarn} under the name that
     * Flink's deployment looks for, because Maven Central has no {@code flink-dist}.
     */
    public FlinkHome complete(FlinkHome home, Progress progress) throws ArtifactFailure {
        try {
            if (!named(home.lib(), DISTRIBUTION).isEmpty()) {
                return home;
            }
            Path root = folder.resolve(home.release().folder());
            fill(home, Files.createDirectories(root.resolve("lib")), progress);
            return new FlinkHome(home.release(), root);
        } catch (IOException e) {
            throw new ArtifactFailure(
                    true, "cannot write a Flink home for YARN under " + folder + ": " + e, e);
        }
    }

    private void fill(FlinkHome home, Path lib, Progress progress)
            throws IOException, ArtifactFailure {
        for (Path jar : named(home.lib(), "")) {
            put(jar, lib.resolve(jar.getFileName()));
        }
        Path connector = jars.fetch("Flink's YARN client", lock(home.release()), progress)
                .get(0);
        put(connector, lib.resolve(DISTRIBUTION + home.release().patch() + ".jar"));
    }

    private static String lock(FlinkRelease release) {
        return FlinkReleases.text("locks/flink-yarn.txt")
                .lines()
                .filter(line -> line.endsWith(":" + release.patch()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no flink-yarn is pinned for " + release.patch()));
    }

    private static List<Path> named(Path lib, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(lib)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /** Appears by a rename, so that another process never sees half of it. */
    private static void put(Path file, Path target) throws IOException {
        if (Files.exists(target) && Files.size(target) == Files.size(file)) {
            return;
        }
        Path half = Files.createTempDirectory(target.getParent().getParent(), "half")
                .resolve("jar");
        try {
            Files.createLink(half, file);
        } catch (IOException | UnsupportedOperationException otherFileSystem) {
            Files.copy(file, half);
        }
        Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(half);
        Files.delete(half.getParent());
    }
}
