// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.JavaHomes;
import dev.sluice.drive.isolation.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a local cluster is run.
 *
 * @param cluster its name in the environment
 * @param directory holds one folder per Flink version; it is the cluster's identity
 * @param stateDirectory savepoints and checkpoints of all versions: state outlives the cluster that
 *     wrote it
 * @param slots task slots per Flink version
 * @param checkpointInterval for jobs that name none
 * @param java what runs each version
 * @param homes Flink minor version to a folder; a version without one is assembled from Maven
 * @param workers how processes are run that look at programs and state; their runner runs SQL jobs
 * @param scheduler how its JobManagers give tasks to slots
 */
public record LocalOptions(
        String cluster,
        Path directory,
        Path stateDirectory,
        int slots,
        Duration checkpointInterval,
        JavaHomes java,
        SortedMap<String, Path> homes,
        WorkerSettings workers,
        Scheduler scheduler) {
    /** What {@code jobmanager.scheduler} of the Flink clusters says. */
    public enum Scheduler {
        /** Flink's own choice, which changes no running job. */
        USUAL,

        /** Changes the parallelism of running jobs, and may run a job with less than it asks for. */
        ADAPTIVE
    }

    private static final int SLOTS = 8;
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

    public LocalOptions {
        requireNonNull(cluster, "cluster is null");
        directory = directory.toAbsolutePath().normalize();
        stateDirectory = stateDirectory.toAbsolutePath().normalize();
        if (slots < 1) {
            throw new IllegalArgumentException("slots must be at least 1: " + slots);
        }
        requireNonNull(checkpointInterval, "checkpointInterval is null");
        requireNonNull(java, "java is null");
        homes = Collections.unmodifiableSortedMap(new TreeMap<>(homes));
        requireNonNull(workers, "workers is null");
        requireNonNull(scheduler, "scheduler is null");
    }

    /** Eight slots, a checkpoint every ten seconds, and the Javas that run workers. */
    public static LocalOptions of(String cluster, Path directory, WorkerSettings workers) {
        Path state = directory.resolve("state");
        return new LocalOptions(
                cluster,
                directory,
                state,
                SLOTS,
                CHECKPOINT_INTERVAL,
                workers.java(),
                new TreeMap<>(),
                workers,
                Scheduler.USUAL);
    }

    /** The jar that runs SQL scripts inside of Flink. */
    Path runner() {
        return workers.runnerJar();
    }

    public LocalOptions withCheckpointInterval(Duration interval) {
        return new LocalOptions(
                cluster,
                directory,
                stateDirectory,
                slots,
                interval,
                java,
                homes,
                workers,
                scheduler);
    }

    /** Flink from folders that somebody else filled. */
    public LocalOptions withHomes(SortedMap<String, Path> folders) {
        return new LocalOptions(
                cluster,
                directory,
                stateDirectory,
                slots,
                checkpointInterval,
                java,
                folders,
                workers,
                scheduler);
    }

    /** State elsewhere; a relative path lies below the cluster's directory. */
    public LocalOptions withStateDirectory(Path path) {
        return new LocalOptions(
                cluster,
                directory,
                directory.resolve(path),
                slots,
                checkpointInterval,
                java,
                homes,
                workers,
                scheduler);
    }

    /** Another scheduler, from the next start of a Flink cluster on. */
    public LocalOptions withScheduler(Scheduler next) {
        return new LocalOptions(
                cluster,
                directory,
                stateDirectory,
                slots,
                checkpointInterval,
                java,
                homes,
                workers,
                next);
    }
}
