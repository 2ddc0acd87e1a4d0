// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.demo;

import dev.sluice.drive.artifacts.Progress;
import dev.sluice.plan.Phase;
import dev.sluice.reconcile.config.ControllerConfig;
import dev.sluice.reconcile.service.Installation;
import dev.sluice.reconcile.service.LocalClusters;
import dev.sluice.reconcile.service.Service;
import dev.sluice.spec.Cluster;
import dev.sluice.spec.ClusterBasics;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.read.Tree;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A job repository with one counting job, and a controller of it on real Flink. */
final class DemoWorld implements AutoCloseable {
    static final JobKey ORDERS = new JobKey("sample", "test", "shop", "orders");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String VARIABLES = "environments/test/variables.yaml";

    private final Path folder;
    private final DemoRepository repository;

    private DemoWorld(Path folder, DemoRepository repository) {
        this.folder = folder;
        this.repository = repository;
    }

    static DemoWorld create(Path folder) throws IOException {
        SortedMap<String, byte[]> files =
                DemoRepository.filesOf(Installation.own().sampleRepository());
        files.keySet().removeIf(path -> path.startsWith("jobs/shop/clicks/"));
        String variables = new String(files.get(VARIABLES), StandardCharsets.UTF_8);
        String output = folder.resolve("output").toUri().toString();
        files.put(
                VARIABLES,
                variables
                        .replaceFirst("(?m)^  output: .*$", "  output: " + output)
                        .getBytes(StandardCharsets.UTF_8));
        return new DemoWorld(
                folder,
                DemoRepository.create(
                        folder.resolve("jobs.git"), files, List.of("test"), Clock.systemUTC()));
    }

    static ControllerConfig config(Path folder, String url) {
        return new ControllerConfig(
                url,
                "test",
                "test",
                folder.resolve("controller"),
                new ControllerConfig.Listen("127.0.0.1", 0),
                Duration.ofMillis(500));
    }

    CommitId commit(String path, String message, UnaryOperator<String> change) throws IOException {
        Tree proposed = repository.propose("test", path, message, change);
        repository.merge("test", proposed.commit());
        return proposed.commit();
    }

    /** Runs a controller until the job is in that phase at that attempt, then ends it. */
    void runUntil(Class<? extends Phase> phase, int attempt, Look look) throws Exception {
        LocalClusters clusters = clusters();
        try (Service service = Service.start(config(folder, repository.url()), clusters)) {
            boolean reached = service.board()
                    .await(
                            board -> board.job(ORDERS)
                                    .map(notice -> notice.record())
                                    .filter(record -> phase.isInstance(record.phase())
                                            && record.attempt() == attempt)
                                    .isPresent(),
                            PATIENCE);
            if (!reached) {
                throw new AssertionError("not reached: " + service.board().job(ORDERS));
            }
            look.at(new DemoStage(
                    repository, "test", service, folder, new Checks(new PrintWriter(System.err))));
        }
    }

    /** What a test wants to see while the controller runs. */
    @FunctionalInterface
    interface Look {
        void at(DemoStage stage) throws Exception;
    }

    private LocalClusters clusters() throws IOException {
        return Installation.own().clusters(folder.resolve("controller"), Progress.SILENT);
    }

    /** Ends Flink. */
    @Override
    public void close() throws IOException {
        LocalClusters clusters = clusters();
        clusters.open(new Cluster.Local(
                new ClusterBasics("laptop", Optional.empty(), new TreeMap<>(), Optional.empty())));
        clusters.stopAll();
        repository.close();
    }
}
