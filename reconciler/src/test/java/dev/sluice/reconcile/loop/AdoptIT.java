// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.contract.SessionProcesses;
import dev.sluice.drive.session.Submissions;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Step;
import dev.sluice.reconcile.Walkthrough;
import dev.sluice.reconcile.crash.OutputWitness;
import dev.sluice.reconcile.service.Installation;
import dev.sluice.spec.UpgradePolicy.SavepointFormat;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job that was started with Flink's own command line on a cluster that somebody else looks after, and
 * the page {@code docs/adopt.md} done word for word.
 */
class AdoptIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Controller.Pace PACE = new Controller.Pace(
            Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofMillis(500));
    private static final String JOB = "by-hand";

    @TempDir
    Path folder;

    private final FlinkRelease release = FlinkReleases.bundled().find("1.20").orElseThrow();
    private final Walkthrough page = new Walkthrough("docs/adopt.md");
    private FlinkHome home;
    private SessionProcesses flink;
    private LoopWorld world;

    @BeforeEach
    void start() throws Exception {
        Installation installation = Installation.own();
        home = installation.flinkHomes().assemble(release, Progress.SILENT);
        flink = new SessionProcesses(
                home.lib(),
                release.jvmFlags(),
                release.configurationFile(),
                folder.resolve("flink"),
                Map.of());
        world = new LoopWorld(folder);
        world.on(installation.clusters(world.data(), Progress.SILENT)::open, PACE);
        world.commit(this::environment);
        world.start();
        await(
                "the cluster answers",
                board -> Optional.ofNullable(board.clusters().get("lab"))
                        .filter(cluster -> cluster.observation().unreachable().isEmpty())
                        .isPresent());
    }

    @AfterEach
    void stop() {
        world.close();
        flink.close();
    }

    @Test
    void aJobOfTheFlinkCommandLineIsAdoptedByACommitAndUpgradedByTheNext() throws Exception {
        startByHand();
        await("it runs", board -> only(board).isPresent());
        LiveJob before = only(world.board()).orElseThrow();
        world.commit(files -> write(files, folder.resolve("jobs")));
        String spec = page.perform(folder.resolve("jobs"), before.id().hex(), sql(30));
        assertEquals(List.of(), world.board().jobs().keySet().stream().toList());

        world.commit(files -> {
            files.put(JobFiles.yaml(JOB), spec);
            files.put(JobFiles.sql(JOB), sql(30));
        });
        await("it is adopted", LoopWorld.is(JOB, Phase.Stable.class, 0));

        LiveJob adopted = only(world.board()).orElseThrow();
        assertEquals(before.id(), adopted.id());
        assertEquals(before.startedAt(), adopted.startedAt());
        assertEquals(List.of(), world.steps(JOB));
        await(
                "its state is in the ledger",
                board -> world.ledger(JOB).stream()
                        .anyMatch(entry ->
                                entry.pointer().path().contains(before.id().hex())));

        world.commit(files -> files.put(JobFiles.sql(JOB), sql(40)));
        await("it is upgraded", LoopWorld.is(JOB, Phase.Stable.class, 1));

        Step.StopWithSavepoint stop = world.steps(JOB).stream()
                .map(entry -> entry.step())
                .filter(Step.StopWithSavepoint.class::isInstance)
                .map(Step.StopWithSavepoint.class::cast)
                .findFirst()
                .orElseThrow();
        assertEquals(before.id(), stop.id());
        assertEquals(SavepointFormat.CANONICAL, stop.format());
        OutputWitness.assertWhole(folder.resolve("counted"));
    }

    private static Optional<LiveJob> only(Board board) {
        return Optional.ofNullable(board.clusters().get("lab")).stream()
                .flatMap(cluster -> cluster.observation().jobs().stream())
                .filter(job -> job.status() == JobStatus.RUNNING)
                .findFirst();
    }

    /** Flink's command line client, as somebody with a terminal calls it. */
    private void startByHand() throws Exception {
        Path runner;
        try (Stream<Path> files = Files.list(Installation.own().home().resolve("flink"))) {
            runner = files.filter(
                            file -> file.getFileName().toString().startsWith("flink-sql-runner-"))
                    .findFirst()
                    .orElseThrow();
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m"));
        command.addAll(release.jvmFlags());
        command.addAll(List.of(
                "-cp", home.lib() + "/*", "org.apache.flink.client.cli.CliFrontend", "run"));
        command.addAll(List.of("-t", "remote", "-d", "-p", "2"));
        command.add("-Drest.address=127.0.0.1");
        command.add("-Drest.port=" + flink.address().getPort());
        command.add("-Dpipeline.name=by-hand");
        command.add("-Dexecution.checkpointing.interval=1s");
        command.add("-Dstate.checkpoints.dir=" + folder.resolve("own-state").toUri());
        command.addAll(List.of(runner.toString(), "--script", Submissions.encode(sql(30))));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("run.out").toFile());
        builder.environment().put("FLINK_CONF_DIR", folder.resolve("flink").toString());
        Process run = builder.start();
        assertTrue(run.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        assertEquals(0, run.exitValue(), Files.readString(folder.resolve("run.out")));
    }

    private String sql(int perSecond) {
        return """
                CREATE TABLE orders (shop INT, placed AS PROCTIME()) WITH (
                  'connector' = 'datagen', 'rows-per-second' = '%d',
                  'fields.shop.min' = '1', 'fields.shop.max' = '4');
                CREATE TABLE counted (shop INT, number BIGINT) WITH (
                  'connector' = 'filesystem', 'path' = '%s', 'format' = 'csv');
                INSERT INTO counted SELECT shop, COUNT(*) OVER (PARTITION BY shop ORDER BY placed
                  ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM orders;
                """.formatted(perSecond, folder.resolve("counted").toUri());
    }

    private void environment(TreeMap<String, String> files) {
        JobFiles.root(files);
        files.put(JobFiles.ENVIRONMENT, """
                apiVersion: sluice/v1
                kind: Environment
                name: test
                clusters:
                  lab:
                    kind: standalone
                    url: %s
                    version: "1.20"
                    stateDir: %s
                defaults:
                  flink: {cluster: lab}
                  upgrade: {soak: 1s}
                """.formatted(
                        flink.address(), stateDirectory().toUri()));
    }

    private Path stateDirectory() {
        try {
            return Files.createDirectories(folder.resolve("state"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(TreeMap<String, String> files, Path checkout) {
        try {
            for (var file : files.entrySet()) {
                Path path = checkout.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void await(String claim, Predicate<Board> condition) throws InterruptedException {
        if (!world.board().await(condition, PATIENCE)) {
            throw new AssertionError(
                    claim + ": " + world.board().jobs() + " " + world.board().clusters());
        }
    }
}
