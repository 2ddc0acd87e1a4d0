// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.artifacts.CacheDirectory;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.FlinkHomes;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.artifacts.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Flink homes and the jars of workers, as they lie on the machine of a build. */
final class Homes {
    private Homes() {}

    static FlinkHome of(String version) throws ArtifactFailure, InterruptedException {
        Path home = Path.of(System.getProperty("user.home"));
        Map<String, String> properties = Map.of(
                "maven.repo.local", System.getProperty("maven.repo.local", ""),
                "sluice.maven.repository", System.getProperty("sluice.maven.repository", ""));
        FlinkHomes homes = new FlinkHomes(
                CacheDirectory.of(System.getenv(), home),
                MavenLocation.of(properties, System.getenv(), home));
        return homes.assemble(FlinkReleases.bundled().find(version).orElseThrow(), Progress.SILENT);
    }

    static WorkerSettings settings() throws IOException {
        return WorkerSettings.of(jar("worker", "flink-worker"), jar("runner", "flink-sql-runner"));
    }

    static Path jar(String module, String artifact) throws IOException {
        Path folder = Path.of("..", module, "target").toAbsolutePath().normalize();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .matches(artifact + "-[^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "no jar in " + folder + ": package it first"));
        }
    }
}
