// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A live process of a cluster, recognised by its command line, which names the cluster's folder. A
 * process id alone proves nothing: the system gives it to others.
 */
record FlinkProcess(ProcessHandle handle, Role role, Instant startedAt) {
    private static final String MARK = "-Dsluice.process=";
    private static final long KILL_SECONDS = 10;

    FlinkProcess {
        requireNonNull(handle, "handle is null");
        requireNonNull(role, "role is null");
        requireNonNull(startedAt, "startedAt is null");
    }

    /** The argument that marks a process of a cluster. */
    static String marker(Path folder, Role role) {
        return MARK + role.label() + "@" + folder;
    }

    /** The mark of a live process that was started for any cluster at all. */
    static Optional<String> mark(long pid) {
        return ProcessHandle.of(pid).flatMap(FlinkProcess::mark);
    }

    /** The marks of all live processes that were started for any cluster. */
    static List<String> marks() {
        return ProcessHandle.allProcesses()
                .flatMap(handle -> mark(handle).stream())
                .toList();
    }

    private static Optional<String> mark(ProcessHandle handle) {
        return arguments(handle).stream()
                .filter(argument -> argument.startsWith(MARK))
                .findFirst();
    }

    /** Whether a process lives that was started for any folder below this one. */
    static boolean isAnyBelow(Path directory) {
        return ProcessHandle.allProcesses()
                .flatMap(handle -> arguments(handle).stream())
                .anyMatch(argument ->
                        argument.startsWith(MARK) && argument.contains("@" + directory + "/"));
    }

    /** Every process of the cluster, also those that no file remembers. */
    static List<FlinkProcess> all(Path folder) {
        return ProcessHandle.allProcesses()
                .flatMap(handle -> recognise(handle, folder).stream())
                .toList();
    }

    static Optional<FlinkProcess> find(long pid, Path folder) {
        return ProcessHandle.of(pid).flatMap(handle -> recognise(handle, folder));
    }

    private static Optional<FlinkProcess> recognise(ProcessHandle handle, Path folder) {
        ProcessHandle.Info info = handle.info();
        List<String> arguments = arguments(handle);
        for (Role role : Role.values()) {
            if (arguments.contains(marker(folder, role))) {
                return Optional.of(
                        new FlinkProcess(handle, role, info.startInstant().orElse(Instant.EPOCH)));
            }
        }
        return Optional.empty();
    }

    /**
     * The command line in parts. Java tells none of one that is longer than a page of memory, 4 KB,
     * and the script of an application alone may be: Linux has all of it in {@code /proc}.
     */
    private static List<String> arguments(ProcessHandle handle) {
        Optional<String[]> told = handle.info().arguments();
        if (told.isPresent()) {
            return List.of(told.get());
        }
        try {
            Path line = Path.of("/proc", Long.toString(handle.pid()), "cmdline");
            return List.of(new String(Files.readAllBytes(line)).split("\0"));
        } catch (IOException endedOrAnotherSystem) {
            return List.of();
        }
    }

    /** Ends the process at once; false if the system did not do so in time. */
    boolean kill() {
        handle.destroyForcibly();
        try {
            handle.onExit().get(KILL_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
