// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.kubernetes.Delivery.Part;
import dev.sluice.spec.Digest;
import dev.sluice.spec.JobKey;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a pod is given that loads its program itself. */
class LoadedProgramTest {
    private static final JobKey KEY = new JobKey("repo", "test", "shop", "orders");
    private static final String ID = new Attempt(KEY, 1).clusterId();
    private static final byte[] JAR = "a jar".getBytes(StandardCharsets.UTF_8);
    private static final JsonNode POD = Json.read("{\"spec\": {\"containers\": [{\"name\":"
            + " \"flink-main-container\", \"image\": \"flink@sha256:1\", \"volumeMounts\":"
            + " [{\"name\": \"state\", \"mountPath\": \"/state\"}]}], \"initContainers\":"
            + " [{\"name\": \"first\"}], \"volumes\": [{\"name\": \"state\"}]}}");

    @TempDir
    Path folder;

    @Test
    void theContainerThatLoadsComesLastAndFlinkOnlyReads() {
        JsonNode spec =
                program(Map.of("artifacts.delivery", "initFetch")).into(POD, ID).path("spec");

        assertEquals(
                List.of("first", "sluice-program"),
                spec.path("initContainers")
                        .valueStream()
                        .map(LoadedProgramTest::name)
                        .toList());
        JsonNode main = spec.path("containers").path(0);
        assertEquals("sluice-program", name(main.path("volumeMounts").path(1)));
        assertTrue(main.path("volumeMounts").path(1).path("readOnly").asBoolean());
        assertEquals(
                List.of("state", "sluice-program", "sluice-fetch"),
                spec.path("volumes").valueStream().map(LoadedProgramTest::name).toList());
    }

    @Test
    void credentialsAreASecretsAndForOneOriginOnly() {
        JsonNode loading = program(Map.of(
                        "artifacts.delivery", "initFetch",
                        "artifacts.maven", "https://maven.example.com/releases",
                        "artifacts.secret", "reader"))
                .into(POD, ID)
                .at("/spec/initContainers/1");

        assertEquals(
                Json.read("{\"prefix\":\"SLUICE_FETCH_\",\"secretRef\":{\"name\":\"reader\"}}"),
                loading.path("envFrom").path(0));
        assertEquals(
                "https://maven.example.com:443",
                loading.path("env").path(0).path("value").asString(""));
    }

    @Test
    void aClaimIsMountedForTheLoadingContainerOnly() {
        JsonNode spec = program(Map.of("artifacts.delivery", "pvc", "artifacts.claim", "jars"))
                .into(POD, ID)
                .path("spec");

        assertEquals(
                "jars", spec.at("/volumes/3/persistentVolumeClaim/claimName").asString(""));
        assertEquals(2, spec.at("/containers/0/volumeMounts").size());
        assertTrue(spec.at("/initContainers/1/volumeMounts").toString().contains("artifacts"));
    }

    @Test
    void aTrialHasNothingOfAnAttempt() {
        JsonNode deployment = Json.object()
                .set(
                        "spec",
                        Json.object()
                                .set(
                                        "template",
                                        program(Map.of(
                                                        "artifacts.delivery",
                                                        "image",
                                                        "artifacts.path",
                                                        "/j"))
                                                .into(POD, ID)));
        ((tools.jackson.databind.node.ObjectNode) deployment)
                .putObject("metadata")
                .put("name", ID);

        JsonNode pod = TrialPod.of(deployment, KEY, "content");

        assertFalse(Json.hasLabels(pod, Attempt.managed()));
        assertEquals(Optional.empty(), Json.label(pod, "app"));
        assertEquals("sluice-program", name(pod.at("/spec/containers/0")));
        assertEquals("first", name(pod.at("/spec/initContainers/0")));
        assertEquals("Never", pod.at("/spec/restartPolicy").asString(""));
        assertEquals(
                List.of("sluice-program", "sluice-fetch"),
                pod.at("/spec/volumes")
                        .valueStream()
                        .map(LoadedProgramTest::name)
                        .toList());
        assertEquals(
                "sluice-program-" + TrialPod.name(KEY),
                pod.at("/spec/volumes/1/configMap/name").asString(""));
    }

    @Test
    void theJarThatPodsAreGivenRunsByItself() throws Exception {
        Path source = Files.write(folder.resolve("orders.jar"), JAR);
        Part part = new Part(Digest.of(JAR), "orders.jar", source.toString());
        Path target = folder.resolve("program.jar");

        assertEquals("", run(part, target));
        assertArrayEquals(JAR, Files.readAllBytes(target));

        Files.writeString(source, "another jar");
        String said = run(part, folder.resolve("other.jar"));

        assertTrue(said.contains(source + " has SHA-256"), said);
        assertTrue(said.endsWith("code " + LoadedProgram.OTHER_BYTES), said);
    }

    private String run(Part part, Path target) throws IOException, InterruptedException {
        Path jar = Files.write(folder.resolve("fetch.jar"), FetchJar.bytes());
        Path parts = Files.writeString(folder.resolve("parts"), part.line() + "\n");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        jar.toString(),
                        parts.toString(),
                        target.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes()).strip();
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        return process.exitValue() == 0 ? said : said + " code " + process.exitValue();
    }

    private static LoadedProgram program(Map<String, String> options) {
        Delivery delivery =
                Delivery.of(new TreeMap<>(options), URI.create("https://usual.example.com/"));
        Part part = new Part(Digest.of(JAR), "orders.jar", "https://example.com/orders.jar");
        return new LoadedProgram(delivery, List.of(part), Optional.empty());
    }

    private static String name(JsonNode object) {
        return object.path("name").asString("");
    }
}
