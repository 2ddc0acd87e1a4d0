// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.contract.DriverContract;
import dev.sluice.drive.contract.DriverWorld;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.SampleJob.Placement;
import dev.sluice.drive.contract.Settling;
import dev.sluice.spec.JobId;
import dev.sluice.spec.Resources.Process;
import dev.sluice.spec.RuntimeOptions;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The contract with Flink 1.20 in per-job mode on a real YARN. */
@Tag("full")
@TestInstance(Lifecycle.PER_CLASS)
class YarnPerJobIT extends DriverContract {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final RestoreFrom FIRST = new RestoreFrom.Empty("first start");

    private YarnWorld world;

    @BeforeAll
    void open(@TempDir Path directory) throws Exception {
        world = YarnWorld.perJob(directory, "1.20");
    }

    @AfterEach
    void clear() {
        world.clear();
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Override
    protected DriverWorld world() {
        return world;
    }

    /** Flink ends it in this mode because it was submitted so, not by a key of its configuration. */
    @Test
    void aBatchJobTakesItsClusterAlong() {
        SampleJob job = bounded("batch", Map.of("execution.runtime-mode", "BATCH"));

        world.driver().start(Requests.start(job, 1, FIRST));
        Application ended = Settling.until(
                        PATIENCE,
                        () -> {
                            world.driver().start(Requests.start(job, 1, FIRST));
                            return world.applications(job);
                        },
                        all -> all.size() == 1 && all.get(0).state().isFinal())
                .get(0);

        assertEquals("SUCCEEDED", ended.finalStatus(), ended::words);
        assertEquals(List.of(JobStatus.FINISHED), statuses(job));
    }

    /** Else what it knows of its last savepoint would go with it. */
    @Test
    void theMasterOfAStreamThatHasEndedStays() {
        SampleJob job = bounded("stream", Map.of());

        world.driver().start(Requests.start(job, 1, FIRST));
        Settling.until(
                PATIENCE,
                () -> {
                    world.driver().start(Requests.start(job, 1, FIRST));
                    return statuses(job);
                },
                List.of(JobStatus.FINISHED)::equals);

        assertEquals(Application.State.RUNNING, world.applications(job).get(0).state());
    }

    private SampleJob bounded(String name, Map<String, String> configuration) {
        SampleJob plain = world.job(name).withSql("""
                CREATE TABLE orders (shop INT) WITH (
                  'connector' = 'datagen', 'number-of-rows' = '50');
                CREATE TABLE shops (shop INT) WITH ('connector' = 'blackhole');
                INSERT INTO shops SELECT shop FROM orders;
                """);
        return new SampleJob(
                plain.key(),
                plain.flinkVersion(),
                plain.sql(),
                1,
                new Placement(
                        plain.mode(),
                        Process.UNSET,
                        Process.UNSET,
                        new TreeMap<>(configuration),
                        RuntimeOptions.NONE));
    }

    private List<JobStatus> statuses(SampleJob job) {
        JobId id = JobId.of(job.key(), 1);
        return world.driver().observe(Map.of(id, 1)).jobs().stream()
                .filter(live -> live.id().equals(id))
                .map(LiveJob::status)
                .toList();
    }

    @Test
    void theEarliestVersionKeepsItsSavepointToo() {
        SampleJob job = world.job("earliest", "1.15");

        start(job);
        world.advance(job, 1);
        Outcome stopped =
                Settling.settle(() -> world.driver().stopWithSavepoint(Requests.stop(job, 1, 1)));

        assertEquals(
                Optional.of(StatePointer.Kind.SAVEPOINT),
                ((Outcome.Done) stopped).evidence().pointer().map(StatePointer::kind));
    }

    private void start(SampleJob job) {
        Outcome outcome =
                Settling.settle(() -> world.driver().start(Requests.start(job, 1, FIRST)));
        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
    }

    /** What YARN itself ran: Flink's entry point of this mode, and no other. */
    @Test
    void itsMasterIsThatOfAPerJobCluster() {
        SampleJob job = world.job("entry");

        start(job);

        String application = world.applications(job).get(0).id();
        assertTrue(
                world.hadoop().containers("YarnJobClusterEntrypoint").stream()
                        .anyMatch(process ->
                                process.info().commandLine().orElse("").contains(application)),
                application);
    }
}
