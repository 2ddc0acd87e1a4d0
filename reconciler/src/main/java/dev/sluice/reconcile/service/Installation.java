// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.ArtifactFiles;
import dev.sluice.drive.artifacts.CacheDirectory;
import dev.sluice.drive.artifacts.FlinkHomes;
import dev.sluice.drive.artifacts.JavaHomes;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.isolation.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where this program is installed and what belongs to it.
 *
 * @param home folder of the distribution, with {@code lib}, {@code flink} and {@code sample-repo}
 * @param cache what can be fetched again
 * @param java what runs Flink and what needs its classes
 */
public record Installation(Path home, Path cache, MavenLocation maven, JavaHomes java) {
    /** Where systems put secrets for services. */
    private static final List<Path> SECRETS = List.of(Path.of("/run/secrets"));

    public Installation {
        requireNonNull(home, "home is null");
        requireNonNull(cache, "cache is null");
        requireNonNull(maven, "maven is null");
        requireNonNull(java, "java is null");
    }

    /**
     * The installation this process was started from; the launcher sets {@code sluice.home}.
     *
     * @throws IllegalStateException when it was not started by the launcher
     */
    public static Installation own() {
        String home = System.getProperty("sluice.home");
        if (home == null) {
            throw new IllegalStateException("sluice.home is not set: start bin/sluice");
        }
        return new Installation(Path.of(home), ownCache(), ownMaven(), javas());
    }

    /** The same with Javas that a person has named, as folders. */
    public Installation choosing(List<Path> javaHomes) {
        return new Installation(home, cache, maven, java.choosing(javaHomes));
    }

    /** What runs Flink here, for commands that need no distribution. */
    public static JavaHomes javas() {
        return JavaHomes.installed(System.getenv());
    }

    /** The artifacts of jobs, for commands that need no distribution. */
    public static ArtifactFiles artifacts(Progress progress) {
        return new ArtifactFiles(ownCache(), ownMaven(), progress);
    }

    /** Flink homes, for commands that need no distribution. */
    public static FlinkHomes homes() {
        return new FlinkHomes(ownCache(), ownMaven());
    }

    private static Path ownCache() {
        return CacheDirectory.of(System.getenv(), userHome());
    }

    private static MavenLocation ownMaven() {
        Map<String, String> properties = new TreeMap<>();
        System.getProperties()
                .stringPropertyNames()
                .forEach(name -> properties.put(name, System.getProperty(name)));
        return MavenLocation.of(properties, System.getenv(), userHome());
    }

    private static Path userHome() {
        return Path.of(System.getProperty("user.home"));
    }

    public Path sampleRepository() {
        return home.resolve("sample-repo");
    }

    public FlinkHomes flinkHomes() {
        return new FlinkHomes(cache, maven);
    }

    /**
     * The drivers of clusters that Sluice starts itself.
     *
     * @throws IOException when the distribution lacks the SQL runner
     */
    public LocalClusters clusters(Path dataDirectory, Progress progress) throws IOException {
        return clusters(dataDirectory, List.of(), progress);
    }

    /**
     * The same, where more is kept from programs than the data directory.
     *
     * @param hidden files and folders, such as those with the controller's credentials
     * @throws IOException when the distribution lacks the SQL runner
     */
    public LocalClusters clusters(Path dataDirectory, List<Path> hidden, Progress progress)
            throws IOException {
        WorkerSettings settings = shielded(
                Stream.concat(Stream.of(dataDirectory), hidden.stream()).toList());
        return new LocalClusters(dataDirectory, settings, cache, maven, progress);
    }

    /**
     * How processes are started that run users' programs.
     *
     * @param more what they must not see, besides this user's own folder and what Sluice and Flink are
     *     made of
     * @throws IOException when the distribution lacks their jars
     */
    public WorkerSettings shielded(List<Path> more) throws IOException {
        List<Path> hidden = new ArrayList<>(more);
        // What is run with more rights later: nobody else may change it.
        hidden.addAll(List.of(userHome(), home, cache, maven.local()));
        hidden.addAll(SECRETS);
        return workers()
                .hiding(hidden.stream()
                        .map(path -> path.toAbsolutePath().normalize())
                        .toList());
    }

    /**
     * How processes are started that need Flink's own or users' classes.
     *
     * @throws IOException when the distribution lacks their jars
     */
    public WorkerSettings workers() throws IOException {
        return WorkerSettings.of(jar("flink-worker-"), runner()).withJava(java);
    }

    private Path runner() throws IOException {
        return jar("flink-sql-runner-");
    }

    /** A jar that runs in Flink's own processes and is on no class path of this one. */
    private Path jar(String prefix) throws IOException {
        Path folder = home.resolve("flink");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no " + prefix + "*.jar in " + folder));
        }
    }
}
