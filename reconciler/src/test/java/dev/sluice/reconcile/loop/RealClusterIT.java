// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.drive.Driver;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Step;
import dev.sluice.reconcile.crash.OutputWitness;
import dev.sluice.reconcile.service.Installation;
import dev.sluice.reconcile.service.LocalClusters;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.LiveJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Flink with an adaptive scheduler makes of a stream that is rescaled beside batch runs. */
@Tag("long")
class RealClusterIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Controller.Pace PACE = new Controller.Pace(
            Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofMillis(500));
    private static final String ROW = "465,30";

    @TempDir
    Path folder;

    private final Set<Integer> widths = new ConcurrentSkipListSet<>();
    private final AtomicLong nightlyAtOnce = new AtomicLong();
    private LocalClusters clusters;
    private LoopWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new LoopWorld(folder);
        clusters = Installation.own().clusters(world.data(), Progress.SILENT);
        world.on(clusters::open, PACE);
        world.wrap(Watching::new);
        world.date("2026-03-01T10:00:00Z");
        world.commit(this::write);
        world.start();
        await("orders run", LoopWorld.is("orders", Phase.Stable.class, 1));
    }

    @AfterEach
    void stop() throws IOException {
        world.close();
        clusters.stopAll();
    }

    @Test
    void aStreamIsRescaledOnceInPlaceAndBatchRunsFollowTheirScheduleOneByOne() throws Exception {
        world.commit(files -> files.compute(
                JobFiles.yaml("orders"),
                (path, yaml) -> yaml.replace("parallelism: 2", "parallelism: 3")));
        await("it runs with three", RealClusterIT::isStableWithThree);
        assertEquals(List.of(2, 3), List.copyOf(widths));
        world.restart();
        await("still", RealClusterIT::isStableWithThree);

        world.date("2026-03-02T02:00:00Z");
        await("the first run", board -> isLive(board, LoopWorld.id("nightly", 1)));
        world.date("2026-03-05T03:00:00Z");
        await("what was missed", LoopWorld.is("nightly", Phase.Finished.class, 2));
        assertEquals(List.of(ROW, ROW), rows("sums"));

        world.end();
        world.date("2026-03-07T12:00:00Z");
        world.start();
        await("missed while down", LoopWorld.is("nightly", Phase.Finished.class, 3));
        world.restart();
        world.awaitLooks(5);

        assertEquals(List.of(ROW, ROW, ROW), rows("sums"));
        assertEquals(3, world.job("nightly").record().attempt());
        assertEquals(1, nightlyAtOnce.get());
        assertEquals(1, rescales());
        assertEquals(1, world.job("orders").record().attempt());
        OutputWitness.assertWhole(folder.resolve("counted"));
    }

    private long rescales() {
        return world.steps("orders").stream()
                .filter(entry -> entry.step() instanceof Step.Rescale)
                .count();
    }

    private void await(String claim, Predicate<Board> condition) throws InterruptedException {
        if (!world.board().await(condition, PATIENCE)) {
            throw new AssertionError(claim + ": " + world.board().jobs());
        }
    }

    private static boolean isLive(Board board, JobId id) {
        return jobs(board)
                .anyMatch(job -> job.id().equals(id) && !job.status().isGloballyTerminal());
    }

    private static boolean isStableWithThree(Board board) {
        return LoopWorld.is("orders", Phase.Stable.class, 1).test(board)
                && board.job(JobFiles.key("orders"))
                        .flatMap(job -> job.record().deployed())
                        .filter(job -> job.spec().resources().parallelism() == 3)
                        .isPresent();
    }

    private static Stream<LiveJob> jobs(Board board) {
        return board.clusters().values().stream()
                .flatMap(cluster -> cluster.observation().jobs().stream());
    }

    private List<String> rows(String table) throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve(table))) {
            for (Path file : files.sorted().toList()) {
                if (!file.getFileName().toString().startsWith(".")) {
                    rows.addAll(Files.readAllLines(file));
                }
            }
        }
        return rows;
    }

    private void write(TreeMap<String, String> files) {
        JobFiles.root(files);
        files.compute(
                JobFiles.ENVIRONMENT,
                (path, yaml) -> yaml.replace(
                        "main: {kind: local, stateDir: state}",
                        "main: {kind: local, stateDir: state, scheduler: adaptive}"));
        JobFiles.job(files, "orders", """
                CREATE TABLE orders (shop INT, placed AS PROCTIME()) WITH (
                  'connector' = 'datagen', 'rows-per-second' = '50',
                  'fields.shop.min' = '1', 'fields.shop.max' = '4');
                CREATE TABLE counted (shop INT, number BIGINT) WITH (
                  'connector' = 'filesystem', 'path' = '%s', 'format' = 'csv');
                INSERT INTO counted SELECT shop, COUNT(*) OVER (PARTITION BY shop ORDER BY placed
                  ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM orders;
                """.formatted(folder.resolve("counted").toUri()));
        files.merge(JobFiles.yaml("orders"), """
                configuration:
                  execution.checkpointing.interval: 500ms
                  jobmanager.scheduler: adaptive
                resources: {parallelism: 2}
                """, String::concat);
        JobFiles.job(files, "nightly", """
                CREATE TABLE numbers (n INT) WITH (
                  'connector' = 'datagen', 'number-of-rows' = '30', 'rows-per-second' = '10',
                  'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '30');
                CREATE TABLE sums (total BIGINT, numbers BIGINT) WITH (
                  'connector' = 'filesystem', 'path' = '%s', 'format' = 'csv');
                INSERT INTO sums SELECT SUM(CAST(n AS BIGINT)), COUNT(*) FROM numbers;
                """.formatted(folder.resolve("sums").toUri()));
        files.merge(JobFiles.yaml("nightly"), """
                schedule: {cron: "0 0 2 * * ?"}
                configuration: {execution.runtime-mode: batch}
                """, String::concat);
    }

    /**
     * Notes how wide Flink says the stream is, and how many runs of the batch job it lists at once that
     * have not ended.
     */
    private final class Watching extends ForwardingDriver {
        Watching(Driver real) {
            super(real);
        }

        @Override
        public ClusterObservation observe(Map<JobId, Integer> detailed) {
            ClusterObservation seen = super.observe(detailed);
            seen.jobs().stream()
                    .filter(job -> job.id().equals(LoopWorld.id("orders", 1)))
                    .filter(job -> job.parallelism() > 0)
                    .forEach(job -> widths.add(job.parallelism()));
            long live = seen.jobs().stream()
                    .filter(job -> LongStream.rangeClosed(1, 9)
                            .anyMatch(attempt ->
                                    job.id().equals(LoopWorld.id("nightly", (int) attempt))))
                    .filter(job -> !job.status().isGloballyTerminal())
                    .count();
            nightlyAtOnce.accumulateAndGet(live, Math::max);
            return seen;
        }
    }
}
