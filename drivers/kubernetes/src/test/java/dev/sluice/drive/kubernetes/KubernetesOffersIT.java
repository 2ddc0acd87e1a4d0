// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.SampleJob.Placement;
import dev.sluice.drive.contract.Settling;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof.Verdict;
import dev.sluice.spec.observed.RestoreFrom;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a job may ask of Kubernetes beside pods, on a real cluster. */
@Tag("kubernetes")
@TestInstance(Lifecycle.PER_CLASS)
class KubernetesOffersIT {
    private static final RestoreFrom EMPTY = new RestoreFrom.Empty("first start");
    private static final String URL = "http://orders.shop.flink.example.com/";
    private static final String INGRESSES = "/apis/networking.k8s.io/v1/namespaces/";

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
    void anIngressLeadsToTheNewestAttemptAndGoesWithTheJob() {
        SampleJob job = job("entrance", Map.of("ingress.url", URL, "ingress.template", "{}"));
        start(job, 1, EMPTY);
        assertEquals(Optional.of(service(job, 1)), backend(job));
        world.advance(job, 1);
        assertEquals(Optional.of(URL), world.live(job, 1).orElseThrow().webUrl());

        Outcome stopped =
                Settling.settle(() -> world.driver().stopWithSavepoint(Requests.stop(job, 1, 1)));
        RestoreFrom state = new RestoreFrom.State(
                ((Outcome.Done) stopped).evidence().pointer().orElseThrow());
        start(job, 2, state);

        assertEquals(Optional.of(service(job, 2)), backend(job));
        end(job, 2);
        Settling.until(KubernetesWorld.PATIENCE, () -> backend(job), Optional::isEmpty);
    }

    @Test
    void anIngressThatIsNotTakenIsToldBeforeAnythingIsStopped() {
        SampleJob job = job(
                "no-entrance",
                Map.of(
                        "ingress.url",
                        URL,
                        "ingress.template",
                        "{\"spec\": {\"tls\": [{\"hosts\": [\"not a host\"]}]}}"));

        Outcome.Failed failed =
                (Outcome.Failed) Settling.settle(() -> world.driver().stage(Requests.stage(job)));

        assertFalse(failed.retryable());
        assertTrue(failed.cause().contains("not a host"), failed::cause);
    }

    @Test
    void namesAreResolvedAsTheDnsBlockSays() {
        SampleJob job = job(
                "names",
                Map.of(
                        "dns.policy", "None",
                        "dns.nameservers.0", "127.0.0.1",
                        "dns.searches.0", "sluice.example",
                        "podTemplate",
                                beginning("grep -q 'search sluice.example' /etc/resolv.conf")));

        start(job, 1, EMPTY);

        end(job, 1);
    }

    /** A container whose hook fails is ended, JobManager and TaskManager alike. */
    @Test
    void aWholeResolvConfIsWhatFlinkFinds() {
        JsonNode more = Json.read("{\"spec\": {\"containers\": [{\"name\":"
                + " \"flink-main-container\", \"lifecycle\": {\"postStart\": {\"exec\":"
                + " {\"command\": [\"grep\", \"-q\", \"^search whole.example\","
                + " \"/etc/resolv.conf\"]}}}}]}}");
        SampleJob job = job(
                "resolving",
                Map.of(
                        "dns.resolvConf",
                        "search whole.example\nnameserver 127.0.0.1\n",
                        "podTemplate",
                        Json.merge(Json.read(world.template()), more).toString()));

        start(job, 1, EMPTY);

        world.advance(job, 1);
        end(job, 1);
    }

    @Test
    void hadoopIsConfiguredByAConfigMapOfTheNamespace() throws KubeFailure {
        world.tenant()
                .create(
                        Json.read(
                                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\","
                                        + "\"metadata\":{\"name\":\"lake\"},\"data\":{\"core-site.xml\":\"<a/>\"}}"));
        SampleJob usual = job("lake", Map.of());
        SampleJob job = configured(usual, "kubernetes.hadoop.conf.config-map.name", "lake");

        start(job, 1, EMPTY);

        JsonNode pod = world.tenant()
                .deployment(new Attempt(job.key(), 1).clusterId())
                .orElseThrow()
                .at("/spec/template/spec");
        JsonNode main = pod.path("containers").path(0);
        String folder = "/opt/hadoop/conf";
        assertTrue(
                main.path("env")
                        .valueStream()
                        .anyMatch(variable ->
                                variable.path("name").asString("").equals("HADOOP_CONF_DIR")
                                        && variable.path("value").asString("").equals(folder)),
                main::toString);
        assertTrue(
                main.path("volumeMounts")
                        .valueStream()
                        .anyMatch(mount -> mount.path("mountPath").asString("").equals(folder)),
                main::toString);
        end(job, 1);
    }

    /** The usual pods, which begin only when a command ends well. */
    private String beginning(String command) {
        JsonNode more =
                Json.read("{\"spec\": {\"initContainers\": [{\"name\": \"look\", \"image\": \""
                        + world.image() + "\", \"imagePullPolicy\": \"IfNotPresent\","
                        + " \"command\": [\"sh\", \"-c\", \"" + command + "\"]}]}}");
        return Json.merge(Json.read(world.template()), more).toString();
    }

    private SampleJob job(String name, Map<String, String> kubernetes) {
        SampleJob usual = world.job(name);
        return placed(usual, world.placement(kubernetes));
    }

    private static SampleJob configured(SampleJob job, String key, String value) {
        Placement usual = job.placement();
        TreeMap<String, String> configuration = new TreeMap<>(usual.configuration());
        configuration.put(key, value);
        return placed(
                job,
                new Placement(
                        usual.mode(),
                        usual.jobManager(),
                        usual.taskManager(),
                        configuration,
                        usual.runtime()));
    }

    private static SampleJob placed(SampleJob job, Placement placement) {
        return new SampleJob(
                job.key(), job.flinkVersion(), job.sql(), job.parallelism(), placement);
    }

    private static String service(SampleJob job, int attempt) {
        return new Attempt(job.key(), attempt).clusterId() + "-rest";
    }

    private Optional<String> backend(SampleJob job) {
        String path = INGRESSES + world.tenant().name() + "/ingresses/"
                + new Attempt(job.key(), 1).jobName();
        try {
            return world.tenant().api().find(path).map(ingress -> {
                JsonNode rule = ingress.path("spec").path("rules").path(0);
                assertEquals("orders.shop.flink.example.com", rule.path("host").asString(""));
                return rule.at("/http/paths/0/backend/service/name").asString("");
            });
        } catch (KubeFailure e) {
            throw new IllegalStateException(e);
        }
    }

    private void start(SampleJob job, int attempt, RestoreFrom from) {
        Outcome outcome =
                Settling.settle(() -> world.driver().start(Requests.start(job, attempt, from)));
        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
    }

    private void end(SampleJob job, int attempt) {
        world.driver().endCluster(Requests.end(job, attempt));
        Settling.until(
                KubernetesWorld.PATIENCE,
                () -> world.driver().proveAbsent(Requests.prove(job, attempt)),
                proof -> proof.verdict() == Verdict.ABSENT);
    }
}
