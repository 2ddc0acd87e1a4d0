// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.drive.artifacts.CacheDirectory;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.artifacts.YarnJars;
import dev.sluice.hadoop.HadoopCluster;
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

    private HadoopCluster hadoop;
    private LocalClusters clusters;
    private LoopWorld world;

    @BeforeEach
    void start() throws Exception {
        Path home = Path.of(System.getProperty("user.home"));
        MavenLocation maven = MavenLocation.of(properties(), System.getenv(), home);
        YarnJars jars = new YarnJars(CacheDirectory.of(System.getenv(), home), maven);
        hadoop = HadoopCluster.start(
                folder.resolve("hadoop"), maven, jars.client(Progress.SILENT), Map.of());
        world = new LoopWorld(folder.resolve("world"));
        clusters = Installation.own().clusters(world.data(), Progress.SILENT);
        world.on(clusters::open, PACE);
    }

    @AfterEach
    void stop() throws IOException {
        world.close();
        clusters.stopAll();
        hadoop.close();
    }

    @Test
    void fiveApplicationsOfTwoVersionsGoOnFromTheirSavepointsAfterOneCommit() throws Exception {
        world.commit(files -> {
            JobFiles.root(files);
            files.compute(
                    JobFiles.ENVIRONMENT,
                    (path, yaml) -> yaml.replace(
                            "main: {kind: local, stateDir: state}",
                            "main: {kind: yarn, hadoopConfDir: " + hadoop.configuration()
                                    + ", stateDir: '" + hadoop.fileSystem() + "/sluice'}"));
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
            assertEquals(List.of(StatePointer.Kind.SAVEPOINT), restored(name), name);
        }
    }

    /** From what the second attempt was started. */
    private List<StatePointer.Kind> restored(String name) {
        return world.steps(name).stream()
                .map(entry -> entry.step())
                .filter(step -> step instanceof Step.Start start && start.attempt() == 2)
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
                (path, yaml) -> yaml.replace(
                        "{version: \"1.20\",",
                        "{version: \"" + version + "\", mode: application,"));
        files.merge(JobFiles.yaml(name), """
                resources:
                  jobManager: {memory: 768m}
                  taskManager: {memory: 768m, slots: 1}
                configuration:
                  execution.checkpointing.interval: 1s
                  env.java.opts.all: "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
                  jobmanager.memory.jvm-metaspace.size: 192m
                  jobmanager.memory.jvm-overhead.min: 64m
                  jobmanager.memory.off-heap.size: 64m
                  taskmanager.memory.jvm-metaspace.size: 192m
                  taskmanager.memory.jvm-overhead.min: 64m
                  taskmanager.memory.managed.size: 64m
                  taskmanager.memory.network.min: 32m
                  taskmanager.memory.network.max: 32m
                """, String::concat);
    }

    private static Map<String, String> properties() {
        return Map.of(
                "maven.repo.local", System.getProperty("maven.repo.local", ""),
                "sluice.maven.repository", System.getProperty("sluice.maven.repository", ""));
    }
}
