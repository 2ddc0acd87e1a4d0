// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import dev.sluice.drive.StageRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.StopRequest;
import dev.sluice.drive.artifacts.CacheDirectory;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.SavepointDirectory;
import dev.sluice.spec.TriggerId;
import dev.sluice.spec.UpgradePolicy.SavepointFormat;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A local driver on a directory of its own, with the loop that a controller would run around it. */
final class LocalWorld implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final LocalOptions options;
    private LocalDriver driver;

    LocalWorld(Path directory) {
        this.options = LocalOptions.of("local", directory, runner())
                .withCheckpointInterval(Duration.ofSeconds(1));
        this.driver = open();
    }

    LocalDriver driver() {
        return driver;
    }

    /** Another controller finds the cluster of this one, which knows nothing any more. */
    void restartController() {
        driver.close();
        driver = open();
    }

    Outcome stage(SampleJob job) {
        return settle(() -> driver.stage(new StageRequest(job.effective().spec())));
    }

    Outcome start(SampleJob job, int attempt, RestoreFrom from) {
        StartRequest request =
                new StartRequest(job.effective(), attempt, JobId.of(job.key(), attempt), from);
        return settle(() -> driver.start(request));
    }

    Outcome stop(SampleJob job, int attempt) {
        return settle(() -> driver.stopWithSavepoint(stopRequest(job, attempt, 1)));
    }

    static StopRequest stopRequest(SampleJob job, int attempt, int tryNumber) {
        JobKey key = job.key();
        return new StopRequest(
                key,
                attempt,
                JobId.of(key, attempt),
                TriggerId.of(key, attempt, "plan", tryNumber),
                SavepointDirectory.of(key, attempt, "plan", tryNumber),
                SavepointFormat.NATIVE,
                job.flinkVersion());
    }

    static StatePointer pointer(Outcome outcome) {
        if (outcome instanceof Outcome.Done done && done.evidence().pointer().isPresent()) {
            return done.evidence().pointer().get();
        }
        throw new AssertionError("no pointer: " + outcome);
    }

    LiveJob awaitRunning(SampleJob job, int attempt) {
        return Await.until(
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

    /** Repeats a step while it says that it is under way. */
    static Outcome settle(Supplier<Outcome> step) {
        return Await.until(
                Duration.ofMinutes(5), step, outcome -> !(outcome instanceof Outcome.Waiting));
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

    private LocalDriver open() {
        Path home = Path.of(System.getProperty("user.home"));
        Map<String, String> properties = Map.of(
                "maven.repo.local", System.getProperty("maven.repo.local", ""),
                "sluice.maven.repository", System.getProperty("sluice.maven.repository", ""));
        return new LocalDriver(
                options,
                CacheDirectory.of(System.getenv(), home),
                MavenLocation.of(properties, System.getenv(), home),
                Progress.SILENT,
                Clock.systemUTC());
    }

    private static Path runner() {
        Path folder = Path.of("..", "runner", "target").toAbsolutePath().normalize();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .matches("flink-sql-runner-[^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "no runner in " + folder + ": package it first"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
