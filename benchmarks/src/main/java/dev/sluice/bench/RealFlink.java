// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.contract.SessionProcesses;
import dev.sluice.reconcile.service.Installation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A session cluster of Flink 1.20 on this machine, and Flink's own command line for it. */
final class RealFlink implements AutoCloseable {
    static final String VERSION = "1.20";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path folder;
    private final FlinkRelease release;
    private final FlinkHome home;
    private final SessionProcesses processes;
    private final RawRest rest;

    private RealFlink(
            Path folder, FlinkRelease release, FlinkHome home, SessionProcesses processes) {
        this.folder = folder;
        this.release = release;
        this.home = home;
        this.processes = processes;
        this.rest = new RawRest(processes.address());
    }

    /** Starts it, and returns when its TaskManager is there. */
    static RealFlink start(Path folder) throws Exception {
        FlinkRelease release = FlinkReleases.bundled().find(VERSION).orElseThrow();
        FlinkHome home = Installation.own().flinkHomes().assemble(release, Progress.SILENT);
        RealFlink flink = new RealFlink(
                folder,
                release,
                home,
                new SessionProcesses(
                        home.lib(),
                        release.jvmFlags(),
                        release.configurationFile(),
                        folder.resolve("flink"),
                        Map.of("jobmanager.scheduler", "default")));
        // Flink must not outlive a benchmark that somebody interrupts.
        Runtime.getRuntime().addShutdownHook(new Thread(flink::close));
        flink.rest.await("/overview", answer -> answer.path("slots-total").asInt() > 0, PATIENCE);
        return flink;
    }

    URI address() {
        return processes.address();
    }

    Path lib() {
        return home.lib();
    }

    RawRest rest() {
        return rest;
    }

    /** A folder below this one, made if need be. */
    Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    /**
     * Runs {@code flink ACTION ...} for this cluster.
     *
     * @param pattern what to find in its output
     * @return the first group of the pattern
     */
    String command(Pattern pattern, String action, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                action,
                "-t",
                "remote",
                "-Drest.address=127.0.0.1",
                "-Drest.port=" + address().getPort()));
        all.addAll(arguments);
        return new FlinkCommand(release, home.lib(), folder.resolve("flink")).find(pattern, all);
    }

    @Override
    public void close() {
        processes.close();
    }
}
