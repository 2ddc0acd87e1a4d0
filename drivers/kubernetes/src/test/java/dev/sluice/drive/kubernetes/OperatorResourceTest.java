// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.StartRequest;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.SampleJob.Placement;
import dev.sluice.drive.isolation.NativeCluster;
import dev.sluice.drive.rest.Submission;
import dev.sluice.spec.Digest;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.Resources.Process;
import dev.sluice.spec.RuntimeOptions;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the operator is given. */
class OperatorResourceTest {
    private static final JobKey KEY = new JobKey("repo", "test", "shop", "orders");
    private static final String TEMPLATE = "{\"spec\":{\"containers\":[{\"name\":"
            + "\"flink-main-container\",\"volumeMounts\":[{\"name\":\"state\",\"mountPath\":\"/s\"}]}],"
            + "\"volumes\":[{\"name\":\"state\",\"emptyDir\":{}}]}}";
    /** As the worker and this driver make it. */
    private static final String MADE = "{\"metadata\":{\"labels\":{\"sluice.dev/job\":\"orders\"},"
            + "\"annotations\":{\"sluice.dev/commit\":\"c\"}},\"spec\":{\"template\":{\"spec\":{"
            + "\"initContainers\":[{\"name\":\"sluice-check\",\"image\":\"flink:1\",\"volumeMounts\":["
            + "{\"name\":\"state\",\"mountPath\":\"/s\"},"
            + "{\"name\":\"flink-config-volume\",\"mountPath\":\"/c\"}]}]}}}}";

    @Test
    void theOperatorIsLeftNothingToDecide() {
        JsonNode spec = resource(new RestoreFrom.Empty("first start"), "1.18").path("spec");
        JsonNode keys = spec.path("flinkConfiguration");

        assertEquals("last-state", spec.at("/job/upgradeMode").asString(""));
        for (String key : List.of(
                "kubernetes.operator.job.restart.failed",
                "kubernetes.operator.jm-deployment-recovery.enabled",
                "kubernetes.operator.cluster.health-check.enabled",
                "kubernetes.operator.deployment.rollback.enabled",
                "kubernetes.operator.savepoint.cleanup.enabled",
                "kubernetes.operator.job.savepoint-on-deletion",
                "job.autoscaler.enabled")) {
            assertEquals("false", keys.path(key).asString(""), key);
        }
        assertEquals(
                "0",
                keys.path("kubernetes.operator.periodic.savepoint.interval").asString(""));
        assertEquals(
                "0",
                keys.path("kubernetes.operator.periodic.checkpoint.interval").asString(""));
        assertEquals(
                "3650 d",
                keys.path("kubernetes.operator.jm-deployment.shutdown-ttl").asString(""));
        assertEquals(
                JobId.of(KEY, 2).hex(), keys.path("$internal.pipeline.job-id").asString(""));
        assertEquals("false", keys.path("job-result-store.delete-on-commit").asString(""));
        assertFalse(spec.has("restartNonce"));
        assertFalse(spec.path("job").has("savepointTriggerNonce"));
    }

    @Test
    void whatTheOperatorRefusesIsNotAmongTheKeys() {
        for (String version : List.of("1.15", "1.18", "1.20", "2.2")) {
            JsonNode keys = resource(new RestoreFrom.Empty("first start"), version)
                    .at("/spec/flinkConfiguration");
            for (String key : List.of(
                    "kubernetes.cluster-id",
                    "kubernetes.namespace",
                    "high-availability.cluster-id",
                    "execution.savepoint.path",
                    "execution.state-recovery.path",
                    "execution.target")) {
                assertFalse(keys.has(key), version + " has " + key);
            }
            assertTrue(keys.toString().contains("KubernetesHaServicesFactory"), version);
        }
    }

    @Test
    void theStateThatSluiceNamesIsWhereItBegins() {
        StatePointer pointer = new StatePointer(
                StatePointer.Kind.SAVEPOINT,
                "file:/state/savepoint-1",
                JobId.of(KEY, 1),
                1,
                7,
                Instant.EPOCH,
                "1.18");

        JsonNode job = resource(new RestoreFrom.State(pointer), "1.18").at("/spec/job");
        JsonNode first = resource(new RestoreFrom.Empty("first start"), "1.18").at("/spec/job");

        assertEquals("file:/state/savepoint-1", job.path("initialSavepointPath").asString(""));
        assertFalse(job.path("allowNonRestoredState").asBoolean(true));
        assertFalse(first.has("initialSavepointPath"));
        assertEquals("local:///state/job.jar", job.path("jarURI").asString(""));
        assertEquals("[\"--a\",\"b\"]", job.path("args").toString());
        assertEquals("shop.Orders", job.path("entryClass").asString(""));
        assertEquals(3, job.path("parallelism").asInt(0));
    }

    @Test
    void itIsNamedAndLabelledAsTheAttemptAndItsPodsCheckTheProgram() {
        JsonNode resource = resource(new RestoreFrom.Empty("first start"), "1.18");

        assertEquals(new Attempt(KEY, 2).clusterId(), Json.name(resource));
        assertEquals(Optional.of("orders"), Json.label(resource, "sluice.dev/job"));
        assertEquals("v1_18", resource.at("/spec/flinkVersion").asString(""));
        assertEquals("flink:1", resource.at("/spec/image").asString(""));
        JsonNode check = resource.at("/spec/jobManager/podTemplate/spec/initContainers/0");
        assertEquals("sluice-check", Json.name(Json.object().set("metadata", check)));
        assertEquals(
                "[{\"name\":\"state\",\"mountPath\":\"/s\"}]",
                check.path("volumeMounts").toString());
        assertFalse(resource.at("/spec/taskManager/podTemplate/spec").has("initContainers"));
        assertTrue(resource.at("/spec/flinkConfiguration/kubernetes.taskmanager.labels")
                .asString("")
                .contains("sluice.dev/attempt:2"));
    }

    private static JsonNode resource(RestoreFrom from, String version) {
        Placement placement = new Placement(
                FlinkTarget.Mode.APPLICATION,
                Process.UNSET,
                Process.UNSET,
                new TreeMap<>(),
                new RuntimeOptions(
                        new TreeMap<>(Map.of("podTemplate", TEMPLATE)), new TreeMap<>()));
        StartRequest request =
                Requests.start(new SampleJob(KEY, version, "", 3, placement), 2, from);
        Submission submission = new Submission(
                Path.of("job.jar"),
                Digest.of("jar"),
                Optional.of("shop.Orders"),
                List.of("--a", "b"),
                new TreeMap<>());
        FlinkRelease release = FlinkReleases.bundled().find(version).orElseThrow();
        ApplicationSettings settings =
                new ApplicationSettings(release, "flink", "flink:1", "file:/state");
        return new OperatorResource(release)
                .of(
                        request,
                        submission,
                        settings.of(request, submission, "/state/job.jar"),
                        new NativeCluster(MADE, List.of()));
    }
}
