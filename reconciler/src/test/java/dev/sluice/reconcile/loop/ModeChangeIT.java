// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.artifacts.Progress;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Step;
import dev.sluice.reconcile.crash.OutputWitness;
import dev.sluice.reconcile.service.Installation;
import dev.sluice.reconcile.service.LocalClusters;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.RestoreFrom;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job moves from a shared cluster to one of its own and back, by commits, with its state. */
class ModeChangeIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Controller.Pace PACE = new Controller.Pace(
            Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofMillis(500));

    @TempDir
    Path folder;

    private LocalClusters clusters;
    private LoopWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new LoopWorld(folder);
        clusters = Installation.own().clusters(world.data(), Progress.SILENT);
        world.on(clusters::open, PACE);
        world.commit(files -> write(files, "application"));
        world.start();
        await("it runs alone", LoopWorld.is("orders", Phase.Stable.class, 1));
    }

    @AfterEach
    void stop() throws IOException {
        world.close();
        clusters.stopAll();
    }

    @Test
    void aJobMovesBetweenModesWithItsStateAndItsClusterIsFoundAgain() throws Exception {
        world.restart();
        await(
                "it is found",
                board -> board.job(JobFiles.key("orders")).stream()
                        .anyMatch(job -> job.observed() instanceof Observed.Present));
        world.commit(files -> write(files, "session"));
        await("it is shared", LoopWorld.is("orders", Phase.Stable.class, 2));
        world.commit(files -> write(files, "application"));
        await("it is alone again", LoopWorld.is("orders", Phase.Stable.class, 3));

        List<Step.Start> starts = world.steps("orders").stream()
                .map(entry -> entry.step())
                .filter(Step.Start.class::isInstance)
                .map(Step.Start.class::cast)
                .toList();
        assertTrue(starts.stream()
                .filter(start -> start.attempt() > 1)
                .allMatch(start -> start.from() instanceof RestoreFrom.State));
        assertTrue(world.steps("orders").stream()
                .noneMatch(entry -> entry.step() instanceof Step.Cancel));
        OutputWitness.assertWhole(folder.resolve("counted"));
    }

    private void write(TreeMap<String, String> files, String mode) {
        JobFiles.root(files);
        JobFiles.job(files, "orders", """
                CREATE TABLE orders (shop INT, placed AS PROCTIME()) WITH (
                  'connector' = 'datagen', 'rows-per-second' = '50',
                  'fields.shop.min' = '1', 'fields.shop.max' = '4');
                CREATE TABLE counted (shop INT, number BIGINT) WITH (
                  'connector' = 'filesystem', 'path' = '%s', 'format' = 'csv');
                INSERT INTO counted SELECT shop, COUNT(*) OVER (PARTITION BY shop ORDER BY placed
                  ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM orders;
                """.formatted(folder.resolve("counted").toUri()));
        files.computeIfPresent(
                JobFiles.yaml("orders"),
                (path, yaml) -> yaml.replace("\"1.20\", ", "\"1.20\", mode: " + mode + ", ")
                        + "configuration: {execution.checkpointing.interval: 500ms}\n");
    }

    private void await(String claim, Predicate<Board> condition) throws InterruptedException {
        if (!world.board().await(condition, PATIENCE)) {
            throw new AssertionError(
                    claim + ": " + world.board().jobs() + " " + world.board().clusters());
        }
    }
}
