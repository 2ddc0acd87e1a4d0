// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.Settling;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of jobs when parts of a real YARN fail, and between versions of Flink. */
@TestInstance(Lifecycle.PER_CLASS)
class YarnFaultsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final RestoreFrom EMPTY = new RestoreFrom.Empty("first start");

    private YarnWorld world;

    @BeforeAll
    void open(@TempDir Path directory) throws Exception {
        world = new YarnWorld(directory, "1.20");
    }

    @AfterEach
    void clear() {
        world.clear();
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void aJobMovesToANewerFlinkWithItsState() {
        SampleJob old = running(world.job("newer", "1.20"));
        Outcome stopped =
                Settling.settle(() -> world.driver().stopWithSavepoint(Requests.stop(old, 1, 1)));
        StatePointer saved = ((Outcome.Done) stopped).evidence().pointer().orElseThrow();

        SampleJob newer = world.job("newer", "2.2");
        start(newer, 2, new RestoreFrom.State(saved));
        LiveJob live = awaitRunning(newer, 2);

        assertEquals(Optional.of(saved.path()), live.detail().get().restoredPath());
        assertEquals("2.2", live.flinkVersion());
        assertEquals(1, living(newer));
    }

    @Test
    void aRestartedResourceManagerIsUnknownAndNothingIsSubmittedMeanwhile() throws IOException {
        SampleJob job = running(world.job("rm-restart", "1.20"));

        world.hadoop().killResourceManager();
        ClusterObservation away = world.driver().observe(Map.of());
        Proof proof = world.driver().proveAbsent(Requests.prove(job, 1));
        Outcome start = world.driver().start(Requests.start(job, 1, EMPTY));
        world.hadoop().startResourceManager();
        world.hadoop().awaitNodes();

        assertTrue(away.unreachable().isPresent());
        assertEquals(Proof.Verdict.UNKNOWN, proof.verdict(), proof::toString);
        assertEquals(Outcome.Unknown.class, start.getClass(), start::toString);
    }

    @Test
    void anApplicationKilledByHandIsToldAsThat() {
        SampleJob job = running(world.job("by-hand", "1.20"));
        world.advance(job, 1);

        world.kill(world.applications(job).get(0).id());
        LiveJob seen = Settling.until(
                        PATIENCE,
                        () -> listed(job, 1),
                        found -> found.size() == 1 && found.get(0).status() == JobStatus.CANCELED)
                .get(0);
        Outcome again = Settling.settle(() -> world.driver().start(Requests.start(job, 1, EMPTY)));

        assertTrue(seen.detail().get().rootCause().get().contains("KILLED"), seen::toString);
        assertTrue(
                ((Outcome.Failed) again).evidence().pointer().isPresent(),
                "its checkpoint is known");
    }

    private SampleJob running(SampleJob job) {
        Settling.settle(() -> world.driver().stage(Requests.stage(job)));
        start(job, 1, EMPTY);
        awaitRunning(job, 1);
        return job;
    }

    private void start(SampleJob job, int attempt, RestoreFrom from) {
        Outcome outcome = Settling.until(
                PATIENCE,
                () -> world.driver().start(Requests.start(job, attempt, from)),
                found -> found instanceof Outcome.Done || found instanceof Outcome.Failed);
        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
    }

    private LiveJob awaitRunning(SampleJob job, int attempt) {
        return Settling.until(
                        PATIENCE,
                        () -> listed(job, attempt),
                        seen -> seen.size() == 1 && seen.get(0).detail().get().allVerticesRunning())
                .get(0);
    }

    private List<LiveJob> listed(SampleJob job, int attempt) {
        JobId id = JobId.of(job.key(), attempt);
        return world.driver().observe(Map.of(id, attempt)).jobs().stream()
                .filter(live -> live.id().equals(id))
                .toList();
    }

    private long living(SampleJob job) {
        return world.applications(job).stream()
                .filter(application -> !application.state().isFinal())
                .count();
    }
}
