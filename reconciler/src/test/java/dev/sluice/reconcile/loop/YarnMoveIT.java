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
import dev.sluice.spec.observed.StatePointer;
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

/** A job moves to a real YARN and back, by commits, with its state. */
@Tag("long")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class YarnMoveIT {
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final Controller.Pace PACE = new Controller.Pace(
            Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(500));
    private static final int MORE = 200;

    @TempDir
    Path folder;

    private YarnHouse yarn;
    private LocalClusters clusters;
    private LoopWorld world;
    private OutputWitness output;

    @BeforeEach
    void start() throws Exception {
        yarn = YarnHouse.start(folder.resolve("hadoop"));
        world = new LoopWorld(folder.resolve("world"));
        clusters = Installation.own().clusters(world.data(), Progress.SILENT);
        world.on(clusters::open, PACE);
        output = new OutputWitness(folder.resolve("counted"));
        world.commit(files -> {
            JobFiles.root(files);
            yarn.replace(files, "other");
            write(files);
        });
        world.start();
        await("it runs here", LoopWorld.is("orders", Phase.Stable.class, 1));
        awaitRows(MORE);
    }

    @AfterEach
    void stop() throws IOException {
        world.close();
        clusters.stopAll();
        yarn.close();
    }

    @Test
    void aJobMovesToYarnAndBackWithItsState() throws Exception {
        world.commit(files -> {
            write(files);
            files.compute(
                    JobFiles.yaml("orders"),
                    (path, yaml) -> yaml.replace("cluster: main", "cluster: other")
                            .replaceFirst("(?s)configuration:.*", ""));
            YarnHouse.small(files, JobFiles.yaml("orders"));
        });
        await("it runs on YARN", LoopWorld.is("orders", Phase.Stable.class, 2));
        awaitRows(output.rows() + MORE);

        world.commit(YarnMoveIT.this::write);
        await("it is back", LoopWorld.is("orders", Phase.Stable.class, 3));
        awaitRows(output.rows() + MORE);

        List<StatePointer> from = world.steps("orders").stream()
                .map(entry -> entry.step())
                .filter(step -> step instanceof Step.Start start && start.attempt() > 1)
                .map(step -> ((Step.Start) step).from())
                .map(restored -> ((RestoreFrom.State) restored).pointer())
                .distinct()
                .toList();
        assertEquals(2, from.size(), from::toString);
        assertTrue(from.get(0).path().startsWith(yarn.hadoop().fileSystem()), from::toString);
        assertTrue(from.get(1).path().startsWith("file:"), from::toString);
        assertTrue(world.steps("orders").stream()
                .noneMatch(entry -> entry.step() instanceof Step.Cancel));
    }

    /** So many more rows are committed, none twice, and none is missing in the end. */
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
                """.formatted(folder.resolve("counted").toUri()));
        files.merge(JobFiles.yaml("orders"), """
                configuration:
                  execution.checkpointing.interval: 500ms
                """, String::concat);
    }
}
