// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.demo;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.artifacts.FlinkHomes;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.reconcile.config.ControllerConfig;
import dev.sluice.reconcile.git.HermeticSystem;
import dev.sluice.reconcile.service.Installation;
import dev.sluice.reconcile.service.LocalClusters;
import dev.sluice.reconcile.service.Service;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/**
 * One run of the demo, from an empty folder. Closing it ends the controller and its Flink processes;
 * the folder stays, for a look at the journal.
 */
public final class DemoRun implements AutoCloseable {
    private static final List<String> BRANCHES = List.of("test", "prod");
    private static final List<String> FLINKS = List.of("1.20", "2.2");
    private static final String VARIABLES = "environments/test/variables.yaml";

    private final DemoRepository repository;
    private final LocalClusters clusters;
    private final Service service;
    private final Path folder;
    private final Checks checks;

    private DemoRun(
            DemoRepository repository,
            LocalClusters clusters,
            Service service,
            Path folder,
            Checks checks) {
        this.repository = repository;
        this.clusters = clusters;
        this.service = service;
        this.folder = folder;
        this.checks = checks;
    }

    /**
     * Makes the repository, brings the Flink homes and starts the controller.
     *
     * @param folder empty; everything of the demo goes here
     * @param port where the page listens; 0 for any free port
     * @param progress hears of downloads
     */
    public static DemoRun begin(
            Installation installation, Path folder, int port, PrintWriter out, Progress progress)
            throws IOException, InterruptedException {
        requireNonNull(installation, "installation is null");
        Checks checks = new Checks(out);
        checks.say("Sluice demo in " + folder);
        bringFlink(installation, progress, checks);
        Path data = Files.createDirectories(folder.resolve("controller"));
        // Before JGit is used for the first time: it must neither read nor write in the home
        // folder.
        HermeticSystem.install(data);
        DemoRepository repository = DemoRepository.create(
                folder.resolve("jobs.git"),
                sample(installation, folder),
                BRANCHES,
                Clock.systemUTC());
        checks.say("     git     " + repository.url() + " with branches " + BRANCHES);
        ControllerConfig config = new ControllerConfig(
                repository.url(),
                BRANCHES.get(0),
                BRANCHES.get(0),
                data,
                new ControllerConfig.Listen("127.0.0.1", port),
                Duration.ofSeconds(1));
        LocalClusters clusters = installation.clusters(config.dataDirectory(), progress);
        Service service = Service.start(config, clusters);
        checks.say("     page    " + service.page());
        checks.say("");
        return new DemoRun(repository, clusters, service, folder, checks);
    }

    private static void bringFlink(Installation installation, Progress progress, Checks checks)
            throws IOException, InterruptedException {
        FlinkReleases releases = FlinkReleases.bundled();
        FlinkHomes homes = installation.flinkHomes();
        for (String version : FLINKS) {
            try {
                homes.assemble(releases.find(version).orElseThrow(), progress);
            } catch (ArtifactFailure e) {
                throw new IOException("cannot bring Flink " + version + ": " + e.getMessage(), e);
            }
            checks.say("     flink   " + version + " is here");
        }
    }

    /** The sample repository, its jobs writing below the demo's folder. */
    private static SortedMap<String, byte[]> sample(Installation installation, Path folder)
            throws IOException {
        SortedMap<String, byte[]> files = DemoRepository.filesOf(installation.sampleRepository());
        String variables = new String(files.get(VARIABLES), StandardCharsets.UTF_8);
        String output = folder.resolve("output").toUri().toString();
        files.put(
                VARIABLES,
                variables
                        .replaceFirst("(?m)^  output: .*$", "  output: " + output)
                        .getBytes(StandardCharsets.UTF_8));
        return files;
    }

    /**
     * Plays the story to its end.
     *
     * @return whether every claim held
     */
    public boolean play() throws IOException, InterruptedException {
        return new Demo(new DemoStage(repository, BRANCHES.get(0), service, folder, checks), checks)
                .play();
    }

    /** Address of the status page. */
    public String page() {
        return service.page();
    }

    /** Ends the controller, then Flink. */
    @Override
    public void close() throws IOException {
        service.close();
        clusters.stopAll();
        repository.close();
    }
}
