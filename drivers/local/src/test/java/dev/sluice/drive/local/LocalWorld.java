// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import dev.sluice.drive.artifacts.CacheDirectory;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.contract.DriverWorld;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.Settling;
import dev.sluice.drive.isolation.WorkerSettings;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.LiveJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Real Flink in a directory of its own. */
final class LocalWorld implements DriverWorld {
    static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int SLOTS = 24;

    private final Path directory;
    private final String flinkVersion;
    private final LocalOptions options;
    private LocalDriver driver;

    LocalWorld(Path directory, String flinkVersion) {
        this(directory, flinkVersion, LocalOptions.Scheduler.USUAL);
    }

    LocalWorld(Path directory, String flinkVersion, LocalOptions.Scheduler scheduler) {
        this.directory = directory;
        this.flinkVersion = flinkVersion;
        LocalOptions usual = LocalOptions.of("local", directory.resolve("cluster"), workers());
        this.options = new LocalOptions(
                usual.cluster(),
                usual.directory(),
                usual.stateDirectory(),
                SLOTS,
                Duration.ofSeconds(1),
                usual.java(),
                usual.homes(),
                usual.workers(),
                scheduler);
        this.driver = open();
    }

    @Override
    public LocalDriver driver() {
        return driver;
    }

    Turnover turnover(String name) {
        return new Turnover(directory.resolve("output").resolve(name));
    }

    @Override
    public SampleJob job(String name) {
        JobKey key = new JobKey("repo", "test", "shop", name);
        return new SampleJob(key, flinkVersion, turnover(name).sql(), 2);
    }

    @Override
    public SampleJob incompatible(SampleJob job) {
        return job.withSql(turnover(job.key().name()).sqlWithoutAggregate());
    }

    @Override
    public void advance(SampleJob job, int attempt) {
        long before = checkpoints(job, attempt);
        Settling.until(PATIENCE, () -> checkpoints(job, attempt), now -> now > before);
    }

    @Override
    public void restartController() {
        driver.close();
        driver = open();
    }

    @Override
    public void killJobManager() {
        long pid = file().jobManager();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        Settling.until(PATIENCE, () -> ProcessHandle.of(pid).isPresent(), isThere -> !isThere);
    }

    void killTaskManager() {
        ProcessHandle.of(file().taskManager()).orElseThrow().destroyForcibly();
    }

    ClusterFile file() {
        try {
            return folder().session().read().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ClusterFolder folder() {
        return new ClusterFolder(options.directory().resolve("flink-" + flinkVersion));
    }

    /** A file stands where the directory should be. */
    @Override
    public void blockDirectory(String name) {
        Path blocked = options.stateDirectory().resolve("savepoints").resolve(name);
        try {
            Files.createDirectories(blocked.getParent());
            Files.writeString(blocked, "in the way");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LiveJob awaitRunning(SampleJob job, int attempt) {
        return Settling.until(
                        PATIENCE,
                        () -> live(job, attempt),
                        seen -> seen.isPresent() && seen.get().detail().get().allVerticesRunning())
                .get();
    }

    Optional<LiveJob> live(SampleJob job, int attempt) {
        JobId id = JobId.of(job.key(), attempt);
        return driver.observe(Map.of(id, attempt)).jobs().stream()
                .filter(seen -> seen.id().equals(id) && seen.detail().isPresent())
                .findFirst();
    }

    @Override
    public boolean isAdaptive() {
        return options.scheduler() == LocalOptions.Scheduler.ADAPTIVE;
    }

    @Override
    public void close() {
        try {
            driver.stopClusters();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        driver.close();
    }

    private long checkpoints(SampleJob job, int attempt) {
        return live(job, attempt)
                .map(seen -> seen.detail().get().completedCheckpoints())
                .orElse(0L);
    }

    private LocalDriver open() {
        Path home = Path.of(System.getProperty("user.home"));
        Map<String, String> properties = Map.of(
                "maven.repo.local", System.getProperty("maven.repo.local", ""),
                "sluice.maven.repository", System.getProperty("sluice.maven.repository", ""));
        return new LocalDriver(
                options,
                CacheDirectory.of(System.getenv(), home),
                MavenLocation.of(properties, System.getenv(), home),
                LocalWorld::secret,
                Progress.SILENT,
                Clock.systemUTC());
    }

    /** Every secret but one: its own name turned around, behind a quote. */
    static String secret(String name) throws IOException {
        if (name.equals("absent")) {
            throw new IOException("no secret 'absent'");
        }
        return "it's-" + new StringBuilder(name).reverse();
    }

    /** Address of the cluster's own page. */
    URI page() {
        return URI.create("http://127.0.0.1:" + file().ports().rest());
    }

    static WorkerSettings workers() {
        return WorkerSettings.of(jar("worker", "flink-worker"), jar("runner", "flink-sql-runner"));
    }

    private static Path jar(String module, String artifact) {
        Path folder = Path.of("..", module, "target").toAbsolutePath().normalize();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .matches(artifact + "-[^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "no " + artifact + " in " + folder + ": package it first"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
