// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.SampleJob.Placement;
import dev.sluice.drive.contract.Settling;
import dev.sluice.spec.JobId;
import dev.sluice.spec.Resources.Process;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof.Verdict;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What goes wrong in Kubernetes itself, on a real cluster. */
@Tag("kubernetes")
@TestInstance(Lifecycle.PER_CLASS)
class KubernetesFaultsIT {
    private static final RestoreFrom EMPTY = new RestoreFrom.Empty("first start");

    private KubernetesWorld world;

    @BeforeAll
    void open(@TempDir Path directory) {
        world = new KubernetesWorld(directory);
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void aLostJobManagerGoesOnFromItsNewestCheckpointAndNeverFromTheSavepointItBeganWith() {
        SampleJob job = world.job("lost-manager");

        goesOnFromItsNewestCheckpoint(
                job, () -> world.tenant().killPods("jobmanager", clusterId(job)));
    }

    /** The pod stays, so nothing that a new pod would bring is made anew. */
    @Test
    void aContainerOfAJobManagerThatStartsAgainGoesOnFromItsNewestCheckpointToo() {
        JsonNode more = Json.read("{\"spec\":{\"terminationGracePeriodSeconds\":1,\"containers\":[{"
                + "\"name\":\"flink-main-container\",\"livenessProbe\":{\"exec\":{\"command\":"
                + "[\"sh\",\"-c\",\"test ! -e " + world.state() + "/end-$HOSTNAME\"]},"
                + "\"periodSeconds\":1,\"failureThreshold\":1}}]}}");
        String template = Json.merge(Json.read(world.template()), more).toString();
        SampleJob job = placed("ended", world.placement(Map.of("podTemplate", template)));

        goesOnFromItsNewestCheckpoint(job, () -> endContainer(job));
    }

    private void endContainer(SampleJob job) {
        JsonNode pod = world.tenant().pod("jobmanager", clusterId(job));
        Path order = world.state().resolve("end-" + Json.name(pod));
        try {
            Files.createFile(order);
            JsonNode again = Settling.until(
                    KubernetesWorld.PATIENCE,
                    () -> world.tenant().pod("jobmanager", clusterId(job)),
                    seen -> restarts(seen) > restarts(pod));
            assertEquals(Json.uid(pod), Json.uid(again));
            Files.delete(order);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int restarts(JsonNode pod) {
        return pod.at("/status/containerStatuses/0/restartCount").asInt(0);
    }

    private static String clusterId(SampleJob job) {
        return new Attempt(job.key(), 2).clusterId();
    }

    private void goesOnFromItsNewestCheckpoint(SampleJob job, Runnable blow) {
        start(job, 1, EMPTY);
        world.advance(job, 1);
        Outcome stopped =
                Settling.settle(() -> world.driver().stopWithSavepoint(Requests.stop(job, 1, 1)));
        StatePointer savepoint = ((Outcome.Done) stopped).evidence().pointer().orElseThrow();
        start(job, 2, new RestoreFrom.State(savepoint));
        world.advance(job, 2);
        assertEquals(Optional.of(savepoint.path()), restored(job));

        blow.run();

        String path = Settling.until(
                        KubernetesWorld.PATIENCE,
                        () -> restored(job),
                        seen -> seen.filter(found -> !found.equals(savepoint.path()))
                                .isPresent())
                .orElseThrow();
        assertTrue(path.contains("/checkpoints/" + JobId.of(job.key(), 2).hex() + "/chk-"), path);
        end(job, 2);
    }

    @Test
    void aDeploymentOfThatNameThatIsAnothersIsNeitherTakenNorTouched() throws KubeFailure {
        SampleJob job = world.job("others");
        String id = new Attempt(job.key(), 1).clusterId();
        world.tenant().create(foreign(id));

        Outcome.Failed failed = (Outcome.Failed)
                Settling.settle(() -> world.driver().start(Requests.start(job, 1, EMPTY)));

        assertFalse(failed.retryable());
        assertTrue(failed.cause().contains("was not made for this attempt"), failed::cause);
        assertTrue(world.tenant().deployment(id).isPresent());
    }

    @Test
    void aPodThatFindsNoNodeIsToldAbout() {
        SampleJob job = sized("too-large", 100.0);

        String told = awaitTold(job, "Insufficient cpu");

        assertTrue(told.contains("has no node"), told);
        end(job, 1);
    }

    @Test
    void anImageThatIsNotThereEndsTheStartAndLeavesNothing() {
        SampleJob job = configured("no-image", "kubernetes.container.image.pull-policy", "Never");
        KubernetesDriver other = world.withImage("localhost/no-such-image:1");

        Outcome.Failed failed =
                (Outcome.Failed) Settling.settle(() -> other.start(Requests.start(job, 1, EMPTY)));

        assertTrue(failed.cause().contains("no-such-image"), failed::cause);
        awaitAbsent(job, 1);
        other.close();
    }

    @Test
    void anImageThatCannotBeHadIsToldAbout() {
        SampleJob job = world.job("far-image");
        KubernetesDriver other = world.withImage("registry.invalid/flink:1");

        Settling.until(
                KubernetesWorld.PATIENCE,
                () -> other.start(Requests.start(job, 1, EMPTY)).toString(),
                told -> told.contains("registry.invalid"));

        end(job, 1);
        other.close();
    }

    @Test
    void aQuotaThatForbidsThePodIsToldAbout() throws KubeFailure {
        JsonNode quota = Json.read("{\"apiVersion\":\"v1\",\"kind\":\"ResourceQuota\",\"metadata\":"
                + "{\"name\":\"small\"},\"spec\":{\"hard\":{\"requests.memory\":\"1Mi\"}}}");
        world.tenant().create(quota);
        try {
            SampleJob job = world.job("no-quota");

            String told = awaitTold(job, "exceeded quota");

            assertTrue(told.contains("no pod can be made"), told);
            end(job, 1);
        } finally {
            world.tenant().delete("/api/v1", "resourcequotas/small");
        }
    }

    @Test
    void aQuotaThatForbidsWhatThePodNeedsEndsTheStartAndLeavesNothing() throws KubeFailure {
        JsonNode quota = Json.read("{\"apiVersion\":\"v1\",\"kind\":\"ResourceQuota\",\"metadata\":"
                + "{\"name\":\"closed\"},\"spec\":{\"hard\":{\"services\":\"0\"}}}");
        world.tenant().create(quota);
        try {
            SampleJob job = world.job("no-service");

            Outcome.Failed failed = (Outcome.Failed)
                    Settling.settle(() -> world.driver().start(Requests.start(job, 1, EMPTY)));

            assertTrue(failed.cause().contains("exceeded quota: closed"), failed::cause);
            awaitAbsent(job, 1);
        } finally {
            world.tenant().delete("/api/v1", "resourcequotas/closed");
        }
    }

    @Test
    void aContainerThatKeepsEndingEndsTheStartAndItsLastWordsAreKept() throws IOException {
        JsonNode more = Json.read("{\"spec\":{\"containers\":[{\"name\":\"flink-main-container\","
                + "\"env\":[{\"name\":\"JAVA_TOOL_OPTIONS\",\"value\":\"-XX:+NoSuchOption\"}]}]}}");
        String template = Json.merge(Json.read(world.template()), more).toString();
        SampleJob job = placed("no-options", world.placement(Map.of("podTemplate", template)));

        Outcome.Failed failed = (Outcome.Failed)
                Settling.settle(() -> world.driver().start(Requests.start(job, 1, EMPTY)));

        assertTrue(failed.cause().contains("its container ended with code 1"), failed::cause);
        awaitAbsent(job, 1);
        Path logs = Path.of(failed.evidence().facts().get("logs"));
        try (Stream<Path> kept = Files.walk(logs)) {
            assertTrue(
                    kept.filter(Files::isRegularFile).anyMatch(file -> says(file, "NoSuchOption")));
        }
    }

    private static boolean says(Path file, String word) {
        try {
            return Files.readString(file).contains(word);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whileTheApiServerIsOutOfReachNothingIsKnownAndAfterwardsTheJobIsSeenAgain() {
        SampleJob job = world.job("out-of-reach");
        start(job, 1, EMPTY);
        try (Gate gate = new Gate(world.tenant().api().access().server());
                KubernetesDriver driver = world.through(gate.address())) {
            awaitSeen(driver, job);

            gate.shut();

            ClusterObservation blind = driver.observe(Map.of());
            assertTrue(blind.unreachable().isPresent());
            assertEquals(List.of(), blind.jobs());
            assertEquals(
                    Verdict.UNKNOWN, driver.proveAbsent(Requests.prove(job, 1)).verdict());
            Settling.until(
                    KubernetesWorld.PATIENCE,
                    () -> driver.start(Requests.start(job, 1, EMPTY)),
                    outcome -> outcome instanceof Outcome.Unknown);
            gate.open();
            awaitSeen(driver, job);
        }
        end(job, 1);
    }

    private static void awaitSeen(KubernetesDriver driver, SampleJob job) {
        Settling.until(
                KubernetesWorld.PATIENCE,
                () -> driver.observe(Map.of()),
                seen -> seen.jobs().stream()
                        .anyMatch(live -> live.id().equals(JobId.of(job.key(), 1))));
    }

    @Test
    void whatTheVersionOfFlinkRefusesIsSaidBeforeAnythingIsStopped() {
        Placement usual = world.placement(new TreeMap<>());
        SampleJob job = placed(
                "no-memory",
                new Placement(
                        usual.mode(),
                        usual.jobManager(),
                        new Process(Optional.of("300m"), Optional.of(0.1)),
                        usual.configuration(),
                        usual.runtime()));

        Outcome.Failed failed =
                (Outcome.Failed) Settling.settle(() -> world.driver().stage(Requests.stage(job)));

        assertFalse(failed.retryable());
        assertTrue(failed.cause().contains("emory"), failed::cause);
    }

    private void start(SampleJob job, int attempt, RestoreFrom from) {
        Outcome outcome =
                Settling.settle(() -> world.driver().start(Requests.start(job, attempt, from)));
        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
    }

    private void end(SampleJob job, int attempt) {
        world.driver().endCluster(Requests.end(job, attempt));
        awaitAbsent(job, attempt);
    }

    private void awaitAbsent(SampleJob job, int attempt) {
        Settling.until(
                KubernetesWorld.PATIENCE,
                () -> world.driver().proveAbsent(Requests.prove(job, attempt)),
                proof -> proof.verdict() == Verdict.ABSENT);
    }

    private String awaitTold(SampleJob job, String text) {
        return Settling.until(
                KubernetesWorld.PATIENCE,
                () -> world.driver().start(Requests.start(job, 1, EMPTY)).toString(),
                told -> told.contains(text));
    }

    private Optional<String> restored(SampleJob job) {
        return world.live(job, 2)
                .flatMap(LiveJob::detail)
                .filter(detail -> detail.allVerticesRunning())
                .flatMap(detail -> detail.restoredPath());
    }

    private SampleJob sized(String name, double cores) {
        Placement usual = world.placement(new TreeMap<>());
        return placed(
                name,
                new Placement(
                        usual.mode(),
                        new Process(Optional.of("1g"), Optional.of(cores)),
                        usual.taskManager(),
                        usual.configuration(),
                        usual.runtime()));
    }

    private SampleJob configured(String name, String key, String value) {
        Placement usual = world.placement(new TreeMap<>());
        TreeMap<String, String> configuration = new TreeMap<>(usual.configuration());
        configuration.put(key, value);
        return placed(
                name,
                new Placement(
                        usual.mode(),
                        usual.jobManager(),
                        usual.taskManager(),
                        configuration,
                        usual.runtime()));
    }

    private SampleJob placed(String name, Placement placement) {
        SampleJob usual = world.job(name);
        return new SampleJob(
                usual.key(), usual.flinkVersion(), usual.sql(), usual.parallelism(), placement);
    }

    private static JsonNode foreign(String name) {
        return Json.read(
                "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\""
                        + name
                        + "\"},\"spec\":{\"replicas\":0,\"selector\":{\"matchLabels\":{\"app\":\"x\"}},"
                        + "\"template\":{\"metadata\":{\"labels\":{\"app\":\"x\"}},\"spec\":{\"containers\":"
                        + "[{\"name\":\"x\",\"image\":\"localhost/x:1\"}]}}}}");
    }
}
