// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.kubernetes.Delivery.Part;
import dev.sluice.spec.Artifact;
import dev.sluice.spec.Digest;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Program;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Where pods look for the jars of a job. */
class DeliveryTest {
    private static final Digest DIGEST = Digest.of("jar");
    private static final URI MAVEN = URI.create("https://usual.example.com/maven2/");

    @Test
    void coordinatesAreFetchedFromTheRepositoryOfTheControllerUnlessTheJobNamesOne() {
        assertEquals(
                "https://usual.example.com/maven2/com/example/orders/1/orders-1.jar",
                source("com.example:orders:1", Map.of("artifacts.delivery", "initFetch")));
        assertEquals(
                "http://pods.example.com/com/example/orders/1/orders-1-all.zip",
                source(
                        "com.example:orders:zip:all:1",
                        Map.of(
                                "artifacts.delivery", "initFetch",
                                "artifacts.maven", "http://pods.example.com")));
    }

    @Test
    void anAddressIsFetchedAsItIs() {
        Part part = part(
                "https://example.com/a/orders.jar?v=1", Map.of("artifacts.delivery", "initFetch"));

        assertEquals(new Part(DIGEST, "orders.jar", "https://example.com/a/orders.jar?v=1"), part);
    }

    @Test
    void foldersHaveJarsByTheirFileNames() {
        assertEquals(
                "/opt/sluice/artifacts/orders-1.jar",
                source("com.example:orders:1", Map.of("artifacts.delivery", "hostPath")));
        assertEquals(
                "/opt/sluice/artifacts/team/orders-1.jar",
                source(
                        "com.example:orders:1",
                        Map.of("artifacts.delivery", "pvc", "artifacts.path", "team")));
        assertEquals(
                "/opt/jars/orders.jar",
                source(
                        "jobs/shop/orders.jar",
                        Map.of("artifacts.delivery", "image", "artifacts.path", "/opt/jars")));
    }

    @Test
    void aFileOfTheRepositoryHasNoAddressForPods() {
        Map<String, String> options = Map.of("artifacts.delivery", "initFetch");

        String refusal = delivery(options)
                .refusal(spec(new Artifact("jobs/orders.jar", Optional.of(DIGEST))))
                .orElseThrow();

        assertTrue(refusal.contains("pods cannot fetch jobs/orders.jar"), refusal);
    }

    @Test
    void credentialsInTheAddressOfTheControllersRepositoryAreNotForPods() {
        JobSpec spec = spec(new Artifact("com.example:orders:1", Optional.of(DIGEST)));
        TreeMap<String, String> options = new TreeMap<>(Map.of("artifacts.delivery", "initFetch"));
        URI own = URI.create("https://me:secret@maven.example.com/");

        String refusal = Delivery.of(options, own).refusal(spec).orElseThrow();

        assertTrue(refusal.contains("name one for them"), refusal);
        options.put("artifacts.maven", "https://maven.example.com/");
        assertEquals(Optional.empty(), Delivery.of(options, own).refusal(spec));
    }

    @Test
    void whatHasNoDigestIsDeliveredByTheStateFolderOnly() {
        JobSpec spec = spec(new Artifact("com.example:orders:1", Optional.empty()));

        assertTrue(delivery(Map.of("artifacts.delivery", "initFetch"))
                .refusal(spec)
                .isPresent());
        assertEquals(Optional.empty(), delivery(Map.of()).refusal(spec));
    }

    private static String source(String coordinate, Map<String, String> options) {
        return part(coordinate, options).source();
    }

    private static Part part(String coordinate, Map<String, String> options) {
        return delivery(options)
                .parts(spec(new Artifact(coordinate, Optional.of(DIGEST))))
                .get(0);
    }

    private static Delivery delivery(Map<String, String> options) {
        return Delivery.of(new TreeMap<>(options), MAVEN);
    }

    private static JobSpec spec(Artifact program) {
        JobKey key = new JobKey("repo", "test", "shop", "orders");
        SampleJob job = new SampleJob(key, "1.20", "", 1, FlinkTarget.Mode.APPLICATION);
        return JarJobs.effective(
                        job, new Program.Jar(program, Optional.empty(), List.of()), List.of())
                .spec();
    }
}
