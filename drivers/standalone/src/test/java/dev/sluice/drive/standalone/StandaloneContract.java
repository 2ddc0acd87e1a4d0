// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.StageRequest;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.contract.DriverContract;
import dev.sluice.drive.contract.DriverWorld;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.Settling;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.RestoreFrom;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a session cluster that somebody else started. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class StandaloneContract extends DriverContract {
    private final FlinkRelease release;
    private final String otherVersion;
    private StandaloneWorld world;

    /** @param otherVersion which the cluster is not of */
    StandaloneContract(String flinkVersion, String otherVersion) {
        this.release = FlinkReleases.bundled().find(flinkVersion).orElseThrow();
        this.otherVersion = otherVersion;
    }

    @BeforeAll
    void open(@TempDir Path directory) throws Exception {
        world = new StandaloneWorld(directory, release.minor());
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Override
    protected DriverWorld world() {
        return world;
    }

    @Test
    void aVersionThatWouldNotStartIsRefusedBeforeAnythingIsStopped() {
        SampleJob job = world.job("looked-at");
        Outcome first = Settling.settle(() -> world.driver().stage(Requests.stage(job)));
        startFirst(job);

        Outcome.Done done = assertInstanceOf(Outcome.Done.class, first, first::toString);
        String graph = done.evidence().facts().get("graph");
        assertTrue(graph.contains(" operators, compiled "), graph);
        refused(
                job.withSql(job.sql().replace("FROM orders", "FORM orders")),
                job.effective().file().replace("job.yaml", "") + "job.sql:6:58: ");
        refused(job.withSql(job.sql().replace("'blackhole'", "'kafka'")), "'kafka'");
        refused(world.incompatible(job), "the state of the job does not fit its new graph: ");
        assertRuns(job);
    }

    private void refused(SampleJob next, String words) {
        StageRequest request =
                new StageRequest(next.effective().spec(), Optional.empty(), 1, false);
        Outcome outcome = Settling.settle(() -> world.driver().stage(request));
        Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, outcome, outcome::toString);
        assertTrue(failed.cause().contains(words), failed::cause);
    }

    @Test
    @Tag("promise")
    void aClusterOfAnotherVersionIsToldAndLeftAlone() {
        SampleJob job = world.job("other-version");
        Settling.settle(() -> world.driver().stage(Requests.stage(job)));
        startFirst(job);

        try (StandaloneDriver wrong = world.declaredAs(otherVersion)) {
            SampleJob newer = new SampleJob(job.key(), otherVersion, job.sql(), 2);
            Outcome staged = wrong.stage(Requests.stage(newer));
            Outcome stopped = wrong.stopWithSavepoint(Requests.stop(newer, 1, 1));
            ClusterObservation seen = wrong.observe(Map.of());
            Proof absent = wrong.proveAbsent(Requests.prove(newer, 7));

            assertEquals(Outcome.Failed.class, staged.getClass(), staged::toString);
            assertEquals(Outcome.Unknown.class, stopped.getClass(), stopped::toString);
            String told = seen.unreachable().orElseThrow();
            assertTrue(told.contains("Flink " + release.patch()), told);
            assertTrue(told.contains("\"" + otherVersion + "\""), told);
            assertEquals(new Proof(Proof.Verdict.UNKNOWN, List.of(told)), absent);
        }
        assertRuns(job);
    }

    private void startFirst(SampleJob job) {
        RestoreFrom empty = new RestoreFrom.Empty("first start");
        Settling.settle(() -> world.driver().start(Requests.start(job, 1, empty)));
        world.advance(job, 1);
    }

    private void assertRuns(SampleJob job) {
        JobId id = JobId.of(job.key(), 1);
        assertEquals(
                JobStatus.RUNNING,
                world.driver().observe(Map.of(id, 1)).jobs().stream()
                        .filter(live -> live.id().equals(id))
                        .findFirst()
                        .orElseThrow()
                        .status());
    }
}
