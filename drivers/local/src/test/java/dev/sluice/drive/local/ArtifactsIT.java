// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.StageRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.artifacts.ArtifactFiles;
import dev.sluice.drive.artifacts.CacheDirectory;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.FlinkHomes;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.artifacts.JavaHomes;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.contract.LoopbackRepository;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.Settling;
import dev.sluice.drive.contract.UserJars;
import dev.sluice.drive.isolation.WorkerSettings;
import dev.sluice.spec.Artifact;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Program;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real Flink runs user functions, a connector and a program that come from a Maven repository and from
 * the job repository, all locked, with nothing put into its {@code lib}.
 */
class ArtifactsIT {
    private static final String WORDS = "com.acme:words:1";
    private static final String LOUD = "com.acme:loud:1";
    private static final String PROGRAM = "com.acme:program:1";
    private static final String COUNTER = "jobs/shop/loud/counter.jar";
    private static final RestoreFrom EMPTY = new RestoreFrom.Empty("first start");

    @TempDir
    Path folder;

    private String version;
    private Path cache;
    private byte[] words;
    private byte[] loud;
    private byte[] counter;
    private byte[] program;

    @Test
    void lockedArtifactsRun() throws Exception {
        runOn("1.20");
    }

    @Test
    @Tag("full")
    void lockedArtifactsRunOnFlink22() throws Exception {
        runOn("2.2");
    }

    private void runOn(String flinkVersion) throws Exception {
        version = flinkVersion;
        cache = folder.resolve("cache");
        build(home());
        try (LoopbackRepository server = LoopbackRepository.open(folder.resolve("remote"));
                LocalDriver driver = driver(server)) {
            publish(server);
            try {
                runsASqlJob(driver);
                runsAJarJob(driver);
                refusesBeforeAnythingStarts(driver);
                refusesWithoutJava(server);
                refusesWhatNeverReturns(server);
            } finally {
                driver.stopClusters();
                // Else the link would be warned of when the folder is deleted.
                Files.delete(cache.resolve("flink"));
            }
        }
    }

    /** By way of catalogs, a database and views, with two INSERTs. */
    private void runsASqlJob(LocalDriver driver) throws Exception {
        Path output = folder.resolve("sql-output");
        Path more = folder.resolve("more-sql-output");
        String sql = """
                CREATE TEMPORARY SYSTEM FUNCTION loud AS 'com.acme.udf.Loud';
                CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'counter', 'rows' = '3');
                CREATE VIEW named AS SELECT CONCAT('row-', CAST(n AS STRING)) AS name FROM numbers;
                CREATE CATALOG lake WITH ('type' = 'generic_in_memory');
                USE CATALOG lake;
                CREATE DATABASE shore;
                USE shore;
                CREATE TABLE words (word STRING)
                  WITH ('connector' = 'filesystem', 'format' = 'csv', 'path' = '%s');
                CREATE TABLE silent (word STRING)
                  WITH ('connector' = 'filesystem', 'format' = 'csv', 'path' = '%s');
                CREATE TEMPORARY VIEW shouted AS
                  SELECT loud(name) AS word FROM default_catalog.default_database.named;
                INSERT INTO words SELECT word FROM shouted;
                USE CATALOG default_catalog;
                INSERT INTO lake.shore.silent SELECT name FROM named WHERE name <> 'row-2';
                """.formatted(output.toUri(), more.toUri());
        EffectiveJob job = job(
                "loud",
                new Program.Sql("job.sql", sql),
                List.of(locked(LOUD, loud), locked(WORDS, words), locked(COUNTER, counter)));

        start(driver, job);

        assertRows(List.of("ROW-1!", "ROW-2!", "ROW-3!"), output);
        assertRows(List.of("row-1", "row-3"), more);
    }

    private void runsAJarJob(LocalDriver driver) throws Exception {
        Path output = folder.resolve("jar-output");
        EffectiveJob job = job("program", jar("Program", output), List.of(locked(WORDS, words)));

        start(driver, job);

        assertRows(List.of("ROW 1!", "ROW 2!", "ROW 3!"), output);
    }

    private void refusesBeforeAnythingStarts(LocalDriver driver) {
        List<Artifact> needed = List.of(locked(WORDS, words));
        EffectiveJob otherBytes =
                job("bytes", jar("Program", folder), List.of(locked(LOUD, words)));
        EffectiveJob noMain = job("main", jar("Nothing", folder), needed);
        EffectiveJob nowhere =
                job("nowhere", jar("Program", folder), List.of(locked("com.acme:gone:1", loud)));
        EffectiveJob noFile =
                job("file", jar("Program", folder), List.of(locked("jobs/shop/gone.jar", loud)));

        assertRefused(driver, otherBytes, "the lock file says " + Digest.of(words));
        assertRefused(driver, noMain, "there is no main class com.acme.program.Nothing");
        assertRefused(driver, nowhere, "com.acme:gone:jar:1 is in no repository");
        assertRefused(driver, noFile, "cannot fetch jobs/shop/gone.jar");
    }

    private void refusesWithoutJava(LoopbackRepository server) {
        Path absent = folder.resolve("no/such/java");
        LocalOptions usual = options("other", LocalWorld.workers());
        LocalOptions options = new LocalOptions(
                usual.cluster(),
                usual.directory(),
                usual.stateDirectory(),
                usual.slots(),
                usual.checkpointInterval(),
                new JavaHomes(List.of(absent), List.of()),
                usual.homes(),
                usual.workers(),
                usual.scheduler());
        try (LocalDriver driver = driver(options, server)) {
            EffectiveJob job = job("java", new Program.Sql("job.sql", "unused"), List.of());

            assertRefused(driver, job, "none at " + absent);
        }
    }

    /** By another controller of the same cluster, which has less patience. */
    private void refusesWhatNeverReturns(LoopbackRepository server) {
        LocalOptions hasty =
                options("cluster", LocalWorld.workers().withCompileDeadline(Duration.ofSeconds(4)));
        try (LocalDriver driver = driver(hasty, server)) {
            EffectiveJob job =
                    job("endless", jar("Program$Endless", folder), List.of(locked(WORDS, words)));

            assertRefused(driver, job, "main() did not return in time");
        }
    }

    private static void assertRefused(LocalDriver driver, EffectiveJob job, String why) {
        Outcome outcome = Settling.settle(
                () -> driver.stage(new StageRequest(job.spec(), Optional.empty(), 0, false)));

        assertEquals(Outcome.Failed.class, outcome.getClass(), outcome::toString);
        assertTrue(outcome.toString().contains(why), outcome::toString);
    }

    private static void start(LocalDriver driver, EffectiveJob job) {
        Outcome staged = Settling.settle(
                () -> driver.stage(new StageRequest(job.spec(), Optional.empty(), 0, false)));
        assertEquals(Outcome.Done.class, staged.getClass(), staged::toString);
        Outcome started = Settling.settle(() -> driver.start(new StartRequest(
                job, 1, JobId.of(job.key(), 1), EMPTY, List.of(), Optional.empty())));
        assertEquals(Outcome.Done.class, started.getClass(), started::toString);
    }

    private static void assertRows(List<String> expected, Path output) {
        Settling.until(LocalWorld.PATIENCE, () -> rows(output), expected::equals);
    }

    /** Committed rows in order; files that are still written have names with a dot in front. */
    private static List<String> rows(Path output) {
        try (Stream<Path> files = Files.list(output)) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .flatMap(ArtifactsIT::lines)
                    .map(line -> line.replace("\"", ""))
                    .sorted()
                    .toList();
        } catch (IOException notYet) {
            return List.of();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException movedMeanwhile) {
            return Stream.of();
        }
    }

    private Program jar(String mainClass, Path output) {
        return new Program.Jar(
                locked(PROGRAM, program),
                Optional.of("com.acme.program." + mainClass),
                List.of(output.toString()));
    }

    private EffectiveJob job(String name, Program runs, List<Artifact> dependencies) {
        SampleJob sample =
                new SampleJob(new JobKey("repo", "test", "shop", name), version, "unused", 1);
        JobSpec spec = sample.effective().spec();
        JobSpec changed = new JobSpec(
                spec.key(),
                spec.ownership(),
                spec.state(),
                spec.flink(),
                runs,
                dependencies,
                spec.resources(),
                spec.configuration(),
                spec.upgrade(),
                spec.onFailure(),
                spec.schedule(),
                spec.dependsOn(),
                spec.health(),
                spec.links(),
                spec.runtime(),
                spec.lineage());
        return new EffectiveJob(changed, new CommitId("0".repeat(40)), Digest.of(name), "job.yaml");
    }

    private static Artifact locked(String coordinate, byte[] bytes) {
        return new Artifact(coordinate, Optional.of(Digest.of(bytes)));
    }

    private void build(FlinkHome home) throws IOException {
        UserJars jars = new UserJars(ArtifactsIT.class, home.lib(), folder);
        words = jars.jar("Words", Map.of());
        Path shared = folder.resolve("Words-classes");
        loud = jars.jar("Loud", Map.of(), shared);
        program = jars.jar("Program", Map.of(), shared);
        counter = jars.jar(
                "CounterFactory",
                Map.of(
                        "META-INF/services/org.apache.flink.table.factories.Factory",
                        "com.acme.connector.CounterFactory\n"));
    }

    private void publish(LoopbackRepository server) throws Exception {
        server.publish(WORDS, words);
        server.publish(LOUD, loud, WORDS);
        server.publish(PROGRAM, program, WORDS);
        // As the controller does with a file of the job repository.
        new ArtifactFiles(cache, location(server), Progress.SILENT)
                .keep(locked(COUNTER, counter), counter);
    }

    private LocalDriver driver(LoopbackRepository server) {
        return driver(options("cluster", LocalWorld.workers()), server);
    }

    private LocalOptions options(String directory, WorkerSettings workers) {
        return LocalOptions.of("local", folder.resolve(directory), workers);
    }

    private LocalDriver driver(LocalOptions options, LoopbackRepository server) {
        return new LocalDriver(
                options,
                cache,
                location(server),
                LocalWorld::secret,
                Progress.SILENT,
                Clock.systemUTC());
    }

    private MavenLocation location(LoopbackRepository server) {
        return new MavenLocation(server.url(), folder.resolve("m2"));
    }

    /** The home that all tests share, made visible in a cache of this test's own. */
    private FlinkHome home() throws Exception {
        Path user = Path.of(System.getProperty("user.home"));
        Path shared = CacheDirectory.of(System.getenv(), user);
        Map<String, String> properties = Map.of(
                "maven.repo.local", System.getProperty("maven.repo.local", ""),
                "sluice.maven.repository", System.getProperty("sluice.maven.repository", ""));
        FlinkHome home = new FlinkHomes(shared, MavenLocation.of(properties, System.getenv(), user))
                .assemble(FlinkReleases.bundled().find(version).orElseThrow(), Progress.SILENT);
        Files.createDirectories(cache);
        Files.createSymbolicLink(cache.resolve("flink"), shared.resolve("flink"));
        return home;
    }
}
