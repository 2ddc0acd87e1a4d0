// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.JavaHomes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How workers are run.
 *
 * @param java what runs each version
 * @param workerJar {@code flink-worker}
 * @param runnerJar {@code flink-sql-runner}, which splits scripts
 * @param megabytes heap of one process
 * @param compileDeadline how long a user's {@code main} may take
 * @param idle how long a process is kept without a request
 * @param hidden files and folders that a compile process must not see; the sandbox puts nothing in
 *     their place, but leaves what the process itself needs
 * @param hasNetwork whether a compile process may use the network, such as to ask catalogs
 */
public record WorkerSettings(
        JavaHomes java,
        Path workerJar,
        Path runnerJar,
        int megabytes,
        Duration compileDeadline,
        Duration idle,
        List<Path> hidden,
        boolean hasNetwork) {
    private static final int MEGABYTES = 512;
    private static final Duration COMPILE_DEADLINE = Duration.ofMinutes(3);
    private static final Duration IDLE = Duration.ofMinutes(2);

    public WorkerSettings {
        requireNonNull(java, "java is null");
        requireNonNull(workerJar, "workerJar is null");
        requireNonNull(runnerJar, "runnerJar is null");
        if (megabytes < 64) {
            throw new IllegalArgumentException("megabytes must be at least 64: " + megabytes);
        }
        requireNonNull(compileDeadline, "compileDeadline is null");
        requireNonNull(idle, "idle is null");
        hidden = List.copyOf(hidden);
    }

    /** Half a gigabyte, three minutes for a program, two minutes of rest, the Java that runs Sluice. */
    public static WorkerSettings of(Path workerJar, Path runnerJar) {
        return new WorkerSettings(
                JavaHomes.own(),
                workerJar,
                runnerJar,
                MEGABYTES,
                COMPILE_DEADLINE,
                IDLE,
                List.of(),
                true);
    }

    public WorkerSettings withJava(JavaHomes javas) {
        return new WorkerSettings(
                javas, workerJar, runnerJar, megabytes, compileDeadline, idle, hidden, hasNetwork);
    }

    public WorkerSettings withCompileDeadline(Duration deadline) {
        return new WorkerSettings(
                java, workerJar, runnerJar, megabytes, deadline, idle, hidden, hasNetwork);
    }

    public WorkerSettings withIdle(Duration duration) {
        return new WorkerSettings(
                java,
                workerJar,
                runnerJar,
                megabytes,
                compileDeadline,
                duration,
                hidden,
                hasNetwork);
    }

    public WorkerSettings hiding(List<Path> paths) {
        return new WorkerSettings(
                java, workerJar, runnerJar, megabytes, compileDeadline, idle, paths, hasNetwork);
    }

    public WorkerSettings withoutNetwork() {
        return new WorkerSettings(
                java, workerJar, runnerJar, megabytes, compileDeadline, idle, hidden, false);
    }
}
