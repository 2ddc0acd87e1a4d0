// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.artifacts.Progress;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Step;
import dev.sluice.reconcile.crash.OutputWitness;
import dev.sluice.reconcile.service.Installation;
import dev.sluice.reconcile.service.LocalClusters;
import dev.sluice.spec.observed.RestoreFrom;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job moves from a real YARN to real pods, by a commit, with its state. */
@Tag("kubernetes")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class PodsMoveIT {
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final Controller.Pace PACE = new Controller.Pace(
            Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(500));
    private static final String YAML = JobFiles.yaml("orders");
    private static final int MORE = 200;

    @TempDir
    Path folder;

    private YarnHouse yarn;
    private PodsHouse pods;
    private Path counted;
    private LocalClusters clusters;
    private LoopWorld world;
    private OutputWitness output;

    @BeforeEach
    void start() throws Exception {
        yarn = YarnHouse.start(folder.resolve("hadoop"));
        pods = PodsHouse.open(folder.resolve("access"));
        counted = pods.folder("counted");
        output = new OutputWitness(counted);
        world = new LoopWorld(folder.resolve("world"));
        clusters = Installation.own().clusters(world.data(), Progress.SILENT);
        world.on(clusters::open, PACE);
        world.commit(files -> {
            JobFiles.root(files);
            yarn.replace(files, "main");
            files.compute(
                    JobFiles.ENVIRONMENT,
                    (path, yaml) -> yaml.replace(
                            "other: {kind: local, stateDir: state}", "other: " + pods.entry()));
            write(files);
            YarnHouse.small(files, YAML);
        });
        world.start();
        await("it runs on YARN", LoopWorld.is("orders", Phase.Stable.class, 1));
        awaitRows(MORE);
    }

    @AfterEach
    void stop() throws IOException {
        world.close();
        clusters.stopAll();
        pods.close();
        yarn.close();
    }

    @Test
    void aJobMovesFromYarnToPodsWithItsState() throws Exception {
        world.commit(files -> {
            write(files);
            files.computeIfPresent(
                    YAML, (path, yaml) -> yaml.replace("cluster: main", "cluster: other"));
            pods.small(files, YAML);
        });
        await("it runs in pods", LoopWorld.is("orders", Phase.Stable.class, 2));
        awaitRows(output.rows() + MORE);

        List<RestoreFrom> from = world.steps("orders").stream()
                .map(entry -> entry.step())
                .filter(step -> step instanceof Step.Start start && start.attempt() == 2)
                .map(step -> ((Step.Start) step).from())
                .distinct()
                .toList();
        assertEquals(1, from.size(), from::toString);
        String path = ((RestoreFrom.State) from.get(0)).pointer().path();
        assertTrue(path.startsWith(yarn.hadoop().fileSystem()), path);
        assertEquals(1, pods.tenant().attempts().size());
        assertEquals("{\"apps\":{}}", yarn.applications("?states=NEW,SUBMITTED,ACCEPTED,RUNNING"));
        assertTrue(world.steps("orders").stream()
                .noneMatch(entry -> entry.step() instanceof Step.Cancel));
    }

    /** So many rows are committed, none twice, and none is missing in the end. */
    private void awaitRows(int number) throws InterruptedException {
        await("rows are written", board -> {
            look();
            return output.rows() >= number && output.gaps().isEmpty();
        });
    }

    private void look() {
        try {
            assertEquals(List.of(), output.look());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void await(String claim, Predicate<Board> condition) throws InterruptedException {
        if (!world.board().await(condition, PATIENCE)) {
            throw new AssertionError(claim + ": " + world.board().jobs() + " "
                    + world.board().clusters() + " " + output.gaps());
        }
    }

    private void write(TreeMap<String, String> files) {
        JobFiles.job(files, "orders", """
                CREATE TABLE orders (shop INT, placed AS PROCTIME()) WITH (
                  'connector' = 'datagen', 'rows-per-second' = '50',
                  'fields.shop.min' = '1', 'fields.shop.max' = '4');
                CREATE TABLE counted (shop INT, number BIGINT) WITH (
                  'connector' = 'filesystem', 'path' = '%s', 'format' = 'csv');
                INSERT INTO counted SELECT shop, COUNT(*) OVER (PARTITION BY shop ORDER BY placed
                  ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM orders;
                """.formatted(counted.toUri()));
    }
}
