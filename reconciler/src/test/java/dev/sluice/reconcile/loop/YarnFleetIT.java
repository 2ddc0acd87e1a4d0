// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.drive.artifacts.Progress;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Step;
import dev.sluice.reconcile.service.Installation;
import dev.sluice.reconcile.service.LocalClusters;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Applications of two Flink versions on a real YARN, upgraded from one commit. */
@Tag("long")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class YarnFleetIT {
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final Controller.Pace PACE = new Controller.Pace(
            Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofSeconds(1));
    private static final Map<String, String> VERSIONS = new TreeMap<>(
            Map.of("one", "1.20", "two", "1.20", "three", "1.20", "four", "2.2", "five", "2.2"));

    @TempDir
    Path folder;

    private YarnHouse yarn;
    private LocalClusters clusters;
    private LoopWorld world;

    @BeforeEach
    void start() throws Exception {
        yarn = YarnHouse.start(folder.resolve("hadoop"));
        world = new LoopWorld(folder.resolve("world"));
        clusters = Installation.own().clusters(world.data(), Progress.SILENT);
        world.on(clusters::open, PACE);
    }

    @AfterEach
    void stop() throws IOException {
        world.close();
        clusters.stopAll();
        yarn.close();
    }

    @Test
    void fiveApplicationsOfTwoVersionsGoOnFromTheirSavepointsAfterOneCommit() throws Exception {
        world.commit(files -> {
            JobFiles.root(files);
            yarn.replace(files, "main");
            VERSIONS.forEach((name, version) -> write(files, name, version));
        });
        world.start();
        for (String name : VERSIONS.keySet()) {
            await(name + " runs", LoopWorld.is(name, Phase.Stable.class, 1));
        }

        world.commit(files -> VERSIONS.keySet()
                .forEach(name -> files.compute(
                        JobFiles.yaml(name),
                        (path, yaml) -> yaml.replace("interval: 1s", "interval: 2s"))));
        for (String name : VERSIONS.keySet()) {
            await(name + " is upgraded", LoopWorld.is(name, Phase.Stable.class, 2));
        }

        for (String name : VERSIONS.keySet()) {
            assertEquals(List.of(StatePointer.Kind.SAVEPOINT), restored(name, 2), name);
        }
        suspendsAndResumesOneAndDeletesAnother();
    }

    private void suspendsAndResumesOneAndDeletesAnother() throws Exception {
        world.commit(files -> state(files, "four", "suspended"));
        await("suspended", LoopWorld.is("four", Phase.Suspended.class, 2));
        assertEquals("{\"apps\":{}}", living("four"));
        world.commit(files -> state(files, "four", "running"));
        await("resumed", LoopWorld.is("four", Phase.Stable.class, 3));
        assertEquals(List.of(StatePointer.Kind.SAVEPOINT), restored("four", 3));

        world.commit(files -> files.keySet().removeIf(path -> path.startsWith("jobs/shop/one/")));
        await("deleted", LoopWorld.is("one", Phase.Absent.class, 2));
        assertEquals("{\"apps\":{}}", living("one"));
    }

    private static void state(TreeMap<String, String> files, String name, String state) {
        files.compute(
                JobFiles.yaml(name),
                (path, yaml) -> yaml.replaceFirst("state: \\w+", "state: " + state));
    }

    /** Applications of the job that YARN itself does not call final. */
    private String living(String name) throws Exception {
        return yarn.applications("?states=NEW,NEW_SAVING,SUBMITTED,ACCEPTED,RUNNING"
                + "&applicationTags=sluice-job:shop/" + name);
    }

    /** From what an attempt was started. */
    private List<StatePointer.Kind> restored(String name, int attempt) {
        return world.steps(name).stream()
                .map(entry -> entry.step())
                .filter(step -> step instanceof Step.Start start && start.attempt() == attempt)
                .map(step -> ((Step.Start) step).from())
                .filter(RestoreFrom.State.class::isInstance)
                .map(from -> ((RestoreFrom.State) from).pointer().kind())
                .distinct()
                .toList();
    }

    private void await(String claim, Predicate<Board> condition) throws InterruptedException {
        if (!world.board().await(condition, PATIENCE)) {
            throw new AssertionError(claim + ": " + world.board().jobs());
        }
    }

    private static void write(TreeMap<String, String> files, String name, String version) {
        JobFiles.job(files, name, """
                CREATE TABLE orders (shop INT, placed AS PROCTIME()) WITH (
                  'connector' = 'datagen', 'rows-per-second' = '20',
                  'fields.shop.min' = '1', 'fields.shop.max' = '4');
                CREATE TABLE counts (shop INT, number BIGINT) WITH ('connector' = 'blackhole');
                INSERT INTO counts SELECT shop, COUNT(*) OVER (PARTITION BY shop ORDER BY placed
                  ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM orders;
                """);
        files.compute(
                JobFiles.yaml(name),
                (path, yaml) -> yaml.replace("version: \"1.20\"", "version: \"" + version + "\""));
        YarnHouse.small(files, JobFiles.yaml(name));
    }
}
