// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.standalone;

import dev.sluice.drive.artifacts.ArtifactFiles;
import dev.sluice.drive.artifacts.CacheDirectory;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.FlinkHomes;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.artifacts.HomeAssembly;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.contract.DriverWorld;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.SessionProcesses;
import dev.sluice.drive.contract.Settling;
import dev.sluice.drive.isolation.FlinkWorkers;
import dev.sluice.drive.isolation.WorkerSettings;
import dev.sluice.drive.rest.RestAccess;
import dev.sluice.drive.session.Submissions;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.LiveJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A session cluster that was there before Sluice. */
final class StandaloneWorld implements DriverWorld {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String COUNTING = """
            CREATE TABLE orders (shop INT, placed AS PROCTIME()) WITH (
              'connector' = 'datagen', 'rows-per-second' = '20',
              'fields.shop.min' = '1', 'fields.shop.max' = '4');
            CREATE TABLE counts (shop INT, orders BIGINT) WITH ('connector' = 'blackhole');
            INSERT INTO counts SELECT shop, COUNT(*) OVER (PARTITION BY shop ORDER BY placed
              ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM orders;
            """;
    private static final String NOT_COUNTING = """
            CREATE TABLE orders (shop INT) WITH ('connector' = 'datagen', 'rows-per-second' = '20');
            CREATE TABLE shops (shop INT) WITH ('connector' = 'blackhole');
            INSERT INTO shops SELECT shop FROM orders;
            """;

    private final FlinkRelease release;
    private final Path state;
    private final SessionProcesses processes;
    private StandaloneDriver driver;

    StandaloneWorld(Path directory, String version) throws Exception {
        this(directory, version, Map.of());
    }

    /** @param more of the cluster's configuration */
    StandaloneWorld(Path directory, String version, Map<String, String> more) throws Exception {
        this.release = FlinkReleases.bundled().find(version).orElseThrow();
        this.state = Files.createDirectories(directory.resolve("state"));
        FlinkHomes homes =
                new FlinkHomes(CacheDirectory.of(System.getenv(), userHome()), location());
        this.processes = new SessionProcesses(
                homes.assemble(release, Progress.SILENT).lib(),
                release.jvmFlags(),
                release.configurationFile(),
                directory.resolve("flink"),
                more);
        this.driver = open(release);
    }

    /** A driver whose entry says another version than the cluster is. */
    StandaloneDriver declaredAs(String version) {
        return open(FlinkReleases.bundled().find(version).orElseThrow());
    }

    SessionProcesses processes() {
        return processes;
    }

    /** Where the version that the tests run is installed. */
    static FlinkHome home(String version) throws Exception {
        FlinkRelease release = FlinkReleases.bundled().find(version).orElseThrow();
        return new FlinkHomes(CacheDirectory.of(System.getenv(), userHome()), location())
                .assemble(release, Progress.SILENT);
    }

    @Override
    public StandaloneDriver driver() {
        return driver;
    }

    @Override
    public SampleJob job(String name) {
        JobKey key = new JobKey("repo", "test", "shop", name);
        return new SampleJob(key, release.minor(), COUNTING, 2);
    }

    @Override
    public SampleJob incompatible(SampleJob job) {
        return job.withSql(NOT_COUNTING);
    }

    @Override
    public void advance(SampleJob job, int attempt) {
        long before = checkpoints(job, attempt);
        Settling.until(PATIENCE, () -> checkpoints(job, attempt), now -> now > before);
    }

    @Override
    public void restartController() {
        driver.close();
        driver = open(release);
    }

    @Override
    public void killJobManager() {
        try {
            processes.replaceJobManager();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file stands where the directory should be. */
    @Override
    public void blockDirectory(String name) {
        Path blocked = state.resolve("savepoints").resolve(name);
        try {
            Files.createDirectories(blocked.getParent());
            Files.writeString(blocked, "in the way");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isAdaptive() {
        return true;
    }

    @Override
    public void close() {
        driver.close();
        processes.close();
    }

    private long checkpoints(SampleJob job, int attempt) {
        JobId id = JobId.of(job.key(), attempt);
        return driver.observe(Map.of(id, attempt)).jobs().stream()
                .filter(live -> live.id().equals(id))
                .map(LiveJob::detail)
                .flatMap(Optional::stream)
                .mapToLong(detail -> detail.completedCheckpoints())
                .sum();
    }

    private StandaloneDriver open(FlinkRelease declared) {
        return new StandaloneDriver(
                "lab",
                RestAccess.of(processes.address()),
                declared,
                state,
                new Submissions(
                        new ArtifactFiles(
                                CacheDirectory.of(System.getenv(), userHome()),
                                location(),
                                Progress.SILENT),
                        jar("runner", "flink-sql-runner")),
                new HomeAssembly(
                        new FlinkHomes(CacheDirectory.of(System.getenv(), userHome()), location()),
                        Progress.SILENT),
                new FlinkWorkers(WorkerSettings.of(
                        jar("worker", "flink-worker"), jar("runner", "flink-sql-runner"))),
                Clock.systemUTC());
    }

    private static Path userHome() {
        return Path.of(System.getProperty("user.home"));
    }

    private static MavenLocation location() {
        Map<String, String> properties = Map.of(
                "maven.repo.local", System.getProperty("maven.repo.local", ""),
                "sluice.maven.repository", System.getProperty("sluice.maven.repository", ""));
        return MavenLocation.of(properties, System.getenv(), userHome());
    }

    private static Path jar(String module, String artifact) {
        Path folder = Path.of("..", module, "target").toAbsolutePath().normalize();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .matches(artifact + "-[^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "no jar in " + folder + ": package it first"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
