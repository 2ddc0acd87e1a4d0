// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.StartRequest;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.FlinkHomes;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.SampleJob.Placement;
import dev.sluice.drive.isolation.FlinkWorkers;
import dev.sluice.drive.isolation.NativeCluster;
import dev.sluice.drive.rest.Submission;
import dev.sluice.spec.Digest;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.Resources.Process;
import dev.sluice.spec.RuntimeOptions;
import dev.sluice.spec.observed.RestoreFrom;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What each version of Flink makes of an attempt; no cluster is needed for it. */
@Tag("long")
@TestInstance(Lifecycle.PER_CLASS)
class ApplicationObjectsIT {
    private static final JobKey KEY = new JobKey("repo", "test", "shop", "orders");

    private final FlinkWorkers workers = new FlinkWorkers(KubernetesWorld.workers());

    @AfterAll
    void close() {
        workers.close();
    }

    static List<String> versions() {
        return FlinkReleases.bundled().minors();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void everyVersionMakesADeploymentOfOurNameWithOurSettings(String version) throws Exception {
        FlinkRelease release = FlinkReleases.withKubernetes(
                FlinkReleases.bundled().find(version).orElseThrow());
        FlinkHome home = new FlinkHomes(TestCluster.cache(), TestCluster.maven())
                .assemble(release, Progress.SILENT);

        NativeCluster made = new ApplicationObjects(workers)
                .make(home, request(version), settings(release), submission(), Path.of("/s/x.jar"));

        JsonNode deployment = Json.read(made.deployment());
        Attempt attempt = new Attempt(KEY, 1);
        JsonNode pod = deployment.path("spec").path("template");
        assertEquals(attempt.clusterId(), Json.name(deployment));
        assertTrue(Json.hasLabels(deployment, attempt.labels()));
        assertTrue(Json.hasLabels(pod, attempt.labels()));
        JsonNode main = pod.path("spec").path("containers").path(0);
        assertEquals("registry/flink:1", main.path("image").asString(""));
        assertEquals("1", main.path("env").findPath("value").asString(""));
        assertEquals(
                "10.0.0.2",
                pod.path("spec").path("dnsConfig").path("nameservers").path(0).asString(""));
        String configuration = String.join("\n", made.resources());
        assertTrue(configuration.contains(attempt.id().hex()), configuration);
        assertTrue(configuration.contains("KubernetesApplicationClusterEntrypoint"), configuration);
        assertTrue(configuration.contains(attempt.clusterId() + "-rest"), configuration);
        assertTrue(configuration.contains("sidecar"), configuration);
        assertTrue(configuration.contains("10.0.0.2"), configuration);
    }

    private static ApplicationSettings settings(FlinkRelease release) {
        return new ApplicationSettings(release, "flink", "registry/flink:1", "file:/s");
    }

    private static StartRequest request(String version) {
        TreeMap<String, String> kubernetes = new TreeMap<>();
        kubernetes.put(
                "podTemplate",
                "{\"spec\":{\"containers\":[{\"name\":\"flink-main-container\",\"env\":"
                        + "[{\"name\":\"A\",\"value\":\"1\"}]},{\"name\":\"sidecar\"}]}}");
        kubernetes.put("dns.nameservers.0", "10.0.0.2");
        Placement placement = new Placement(
                FlinkTarget.Mode.APPLICATION,
                Process.UNSET,
                new Process(Optional.empty(), Optional.of(0.5)),
                new TreeMap<>(),
                new RuntimeOptions(kubernetes, new TreeMap<>()));
        SampleJob job = new SampleJob(KEY, version, "", 1, placement);
        return Requests.start(job, 1, new RestoreFrom.Empty("first start"));
    }

    private static Submission submission() {
        return new Submission(
                Path.of("/x.jar"),
                Digest.of("x"),
                Optional.empty(),
                List.of("--script", "abc"),
                new TreeMap<>());
    }
}
