// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.Settling;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof.Verdict;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** What the Flink Kubernetes Operator and people do beside us, on a real cluster. */
@Tag("kubernetes")
@TestInstance(Lifecycle.PER_CLASS)
class OperatorIT {
    private static final RestoreFrom EMPTY = new RestoreFrom.Empty("first start");

    private KubernetesWorld world;

    @BeforeAll
    void open(@TempDir Path directory) {
        world = KubernetesWorld.operated(directory);
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void aResourceThatNobodyHasTakenYetMayStartAtAnyMomentAndIsGoneBeforeAnythingElseStarts() {
        SampleJob job = world.job("untaken");
        world.operator().stop();

        String told = Settling.until(
                KubernetesWorld.PATIENCE,
                () -> world.driver().start(Requests.start(job, 1, EMPTY)).toString(),
                outcome -> outcome.contains("has not taken"));
        Outcome beside = Settling.until(
                KubernetesWorld.PATIENCE,
                () -> world.driver().start(Requests.start(job, 2, EMPTY)),
                outcome -> !(outcome instanceof Outcome.Waiting));

        assertTrue(told.contains(cluster(job, 1)), told);
        assertEquals(Outcome.Unknown.class, beside.getClass(), beside::toString);
        assertEquals(Verdict.PRESENT, prove(job, 1));
        assertTrue(world.live(job, 1).isPresent());
        end(job, 1);
        world.operator().start();
        start(job, 2, EMPTY);
        assertEquals(Optional.empty(), world.live(job, 1));
        assertTrue(world.tenant().attempts().stream().noneMatch(cluster(job, 1)::equals));
        end(job, 2);
    }

    @Test
    void whatAPersonEditsIsToldAndRestartsTheSameJobFromItsNewestCheckpointAtWorst() {
        SampleJob job = world.job("edited");
        start(job, 1, EMPTY);
        world.advance(job, 1);
        Settling.until(
                KubernetesWorld.PATIENCE,
                () -> world.tenant().status(new Attempt(job.key(), 1)).orElseThrow(),
                status -> status.at("/jobStatus/state").asString("").equals("RUNNING"));

        world.tenant().edit(new Attempt(job.key(), 1), "rest.flamegraph.enabled", "true");

        JobDetail restarted = Settling.until(
                        KubernetesWorld.PATIENCE,
                        () -> world.live(job, 1).flatMap(LiveJob::detail),
                        seen -> seen.filter(JobDetail::allVerticesRunning)
                                .flatMap(JobDetail::restoredPath)
                                .isPresent())
                .orElseThrow();
        String own = "/checkpoints/" + JobId.of(job.key(), 1).hex() + "/chk-";
        assertTrue(restarted.restoredPath().orElseThrow().contains(own));
        assertTrue(restarted.rootCause().orElseThrow().contains("changed by somebody else"));
        end(job, 1);
    }

    @Test
    void theOperatorIsStoppedAndStartedAndTheJobGoesOn() {
        SampleJob job = world.job("without");
        start(job, 1, EMPTY);
        world.advance(job, 1);
        LiveJob before = world.live(job, 1).orElseThrow();

        world.operator().stop();
        world.advance(job, 1);
        StatePointer savepoint = stopWaiting(job);
        world.operator().start();
        StatePointer stopped = stop(job, 1);

        assertEquals(savepoint.path(), stopped.path());
        assertEquals(before.id(), stopped.job());
        assertEquals(Verdict.ABSENT, prove(job, 1));
    }

    /** The resource has the operator's finalizer: without the operator it is never gone. */
    private StatePointer stopWaiting(SampleJob job) {
        Settling.until(
                KubernetesWorld.PATIENCE,
                () -> world.driver().stopWithSavepoint(Requests.stop(job, 1, 1)).toString(),
                outcome -> outcome.contains("without it that does not end"));
        assertEquals(Verdict.UNKNOWN, prove(job, 1));
        return world.driver().discoverState(Requests.discover(job, 1)).get(0);
    }

    @Test
    void aJobMovesToTheOperatorAndBackWithItsState() {
        SampleJob operated = world.job("moved");
        SampleJob own = new SampleJob(
                operated.key(),
                operated.flinkVersion(),
                operated.sql(),
                operated.parallelism(),
                world.placement(Map.of("via", "native")));
        start(own, 1, EMPTY);
        world.advance(own, 1);

        StatePointer first = stop(own, 1);
        start(operated, 2, new RestoreFrom.State(first));
        assertEquals(Optional.of(first.path()), restored(operated, 2));
        assertTrue(world.tenant().status(new Attempt(own.key(), 1)).isEmpty());
        assertTrue(world.tenant().status(new Attempt(own.key(), 2)).isPresent());
        world.advance(operated, 2);
        StatePointer second = stop(operated, 2);
        start(own, 3, new RestoreFrom.State(second));

        assertEquals(Optional.of(second.path()), restored(own, 3));
        assertTrue(world.tenant().status(new Attempt(own.key(), 2)).isEmpty());
        end(own, 3);
    }

    @Test
    void whatTheOperatorRefusesEndsTheStart() throws KubeFailure {
        SampleJob job = world.job("refused");
        Attempt attempt = new Attempt(job.key(), 1);
        ObjectNode resource = Json.read(CannedServer.operated(attempt, "", "{}"));
        resource.put("apiVersion", FlinkDeployments.API_VERSION);
        resource.putObject("spec")
                .put("flinkVersion", "v1_18")
                .putObject("flinkConfiguration")
                .put("kubernetes.cluster-id", "another");
        world.tenant().operated().create(resource);

        Outcome.Failed failed = (Outcome.Failed)
                Settling.settle(() -> world.driver().start(Requests.start(job, 1, EMPTY)));

        assertFalse(failed.retryable());
        assertTrue(failed.cause().contains("kubernetes.cluster-id"), failed::cause);
        end(job, 1);
    }

    @Test
    void aVersionThatTheOperatorDoesNotKnowIsRefusedBeforeAnythingIsStopped() {
        SampleJob usual = world.job("too-new");
        SampleJob job = new SampleJob(usual.key(), "1.20", usual.sql(), 1, usual.placement());

        Outcome.Failed failed =
                (Outcome.Failed) Settling.settle(() -> world.driver().stage(Requests.stage(job)));

        assertFalse(failed.retryable());
        assertTrue(failed.cause().contains("v1_20"), failed::cause);
    }

    private void start(SampleJob job, int attempt, RestoreFrom from) {
        Outcome outcome =
                Settling.settle(() -> world.driver().start(Requests.start(job, attempt, from)));
        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
    }

    private StatePointer stop(SampleJob job, int attempt) {
        Outcome stopped = Settling.settle(
                () -> world.driver().stopWithSavepoint(Requests.stop(job, attempt, 1)));
        assertEquals(Outcome.Done.class, stopped.getClass(), stopped::toString);
        return ((Outcome.Done) stopped).evidence().pointer().orElseThrow();
    }

    private void end(SampleJob job, int attempt) {
        world.driver().endCluster(Requests.end(job, attempt));
        Settling.until(KubernetesWorld.PATIENCE, () -> prove(job, attempt), Verdict.ABSENT::equals);
    }

    private Verdict prove(SampleJob job, int attempt) {
        return world.driver().proveAbsent(Requests.prove(job, attempt)).verdict();
    }

    private Optional<String> restored(SampleJob job, int attempt) {
        return Settling.until(
                KubernetesWorld.PATIENCE,
                () -> world.live(job, attempt)
                        .flatMap(LiveJob::detail)
                        .filter(JobDetail::allVerticesRunning)
                        .flatMap(JobDetail::restoredPath),
                Optional::isPresent);
    }

    private static String cluster(SampleJob job, int attempt) {
        return new Attempt(job.key(), attempt).clusterId();
    }
}
