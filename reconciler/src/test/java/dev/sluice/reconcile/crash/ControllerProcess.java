// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A controller in a process of its own, and where it is to die. */
record ControllerProcess(Process process, String where, Path log) {
    ControllerProcess {
        requireNonNull(process, "process is null");
        requireNonNull(where, "where is null");
        requireNonNull(log, "log is null");
    }

    static ControllerProcess start(
            ControllerJava java, Path folder, String repository, String where, Mistake mistake)
            throws IOException {
        Path log = folder.resolve("controllers.log");
        List<String> command = new ArrayList<>(java.command(CrashingController.class));
        command.addAll(List.of(folder.toString(), repository, where, mistake.name()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new ControllerProcess(process, where, log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** True when it ended within that time. */
    boolean endsWithin(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** The end of what all controllers of the folder said. */
    String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }
}
