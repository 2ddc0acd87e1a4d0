// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.StageRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.artifacts.ArtifactFiles;
import dev.sluice.drive.artifacts.FlinkHomes;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.Settling;
import dev.sluice.drive.session.Submissions;
import dev.sluice.spec.Artifact;
import dev.sluice.spec.Digest;
import dev.sluice.spec.EarlierAttempts;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.Program;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof.Verdict;
import dev.sluice.spec.observed.RestoreFrom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import tools.jackson.databind.JsonNode;

/** How programs come into pods otherwise than by the folder of state, on a real cluster. */
@Tag("kubernetes")
@TestInstance(Lifecycle.PER_CLASS)
class KubernetesDeliveryIT {
    private static final RestoreFrom EMPTY = new RestoreFrom.Empty("first start");
    private static final String PROGRAM = "com.example:orders:1";
    private static final String LIBRARY = "com.example:library:2";
    private static final String PROGRAM_PATH = "com/example/orders/1/orders-1.jar";
    private static final String LIBRARY_PATH = "com/example/library/2/library-2.jar";
    private static final String IN_IMAGE = "com.esotericsoftware.minlog:minlog:1.2";

    private KubernetesWorld world;
    private JarHouse house;
    private byte[] program;
    private byte[] library;

    @BeforeAll
    void open(@TempDir Path directory) throws Exception {
        world = new KubernetesWorld(directory);
        house = new JarHouse();
        program = Files.readAllBytes(KubernetesWorld.workers().runnerJar());
        library = FetchJar.bytes();
        keep(PROGRAM, program);
        keep(LIBRARY, library);
        house.put(PROGRAM_PATH, program);
        house.put(LIBRARY_PATH, library);
        JsonNode secret = Json.read("{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":"
                + "{\"name\":\"jars\"},\"stringData\":{\"username\":\"" + JarHouse.USER
                + "\",\"password\":\"" + JarHouse.PASSWORD + "\"}}");
        world.tenant().create(secret);
    }

    @AfterAll
    void close() {
        house.close();
        world.close();
    }

    @Test
    void aPodFetchesItsJarsBeforeFlinkStartsAndOnceMoreWhereItIsMadeAnew() {
        SampleJob job = job("fetched", fetching());
        EffectiveJob effective = jar(job, program, library);
        done(stage(effective));
        long tried = house.asked(PROGRAM_PATH);
        assertTrue(tried > 0, "a pod has tried it before anything else is done");
        done(start(effective, 1));
        world.advance(job, 1);
        long before = house.asked(PROGRAM_PATH);
        assertTrue(before > tried);

        world.tenant().killPods("jobmanager", new Attempt(job.key(), 1).clusterId());

        Settling.until(
                KubernetesWorld.PATIENCE, () -> house.asked(PROGRAM_PATH), now -> now > before);
        world.advance(job, 1);
        end(job, 1);
    }

    @Test
    void otherBytesThanTheLockFileSaysAreToldBeforeTheOldJobIsStopped() {
        SampleJob job = job("other-bytes", fetching());
        EffectiveJob first = jar(job, program);
        done(start(first, 1));
        world.advance(job, 1);
        byte[] published = "something else".getBytes(StandardCharsets.UTF_8);
        house.put(LIBRARY_PATH, published);
        try {
            EffectiveJob second = jar(job, program, library);

            Outcome.Failed staged = (Outcome.Failed) stage(second);

            assertFalse(staged.retryable());
            assertTrue(
                    staged.cause()
                            .contains("library-2.jar has SHA-256 "
                                    + Digest.of(published).hex()),
                    staged::cause);
            world.advance(job, 1);

            Outcome stopped = Settling.settle(
                    () -> world.driver().stopWithSavepoint(Requests.stop(job, 1, 1)));
            RestoreFrom state = new RestoreFrom.State(
                    ((Outcome.Done) stopped).evidence().pointer().orElseThrow());
            Outcome.Failed failed = (Outcome.Failed) start(second, 2, state);
            assertTrue(failed.cause().contains("library-2.jar has SHA-256"), failed::cause);
            absent(job, 2);

            done(start(first, 3, state));
            world.advance(job, 3);
            end(job, 3);
        } finally {
            house.put(LIBRARY_PATH, library);
        }
    }

    @Test
    void aPlaceThatDoesNotAnswerIsToldByItsAddress() {
        SampleJob job = job(
                "unreachable",
                Map.of(
                        "artifacts.delivery", "initFetch",
                        "artifacts.maven", "http://127.0.0.1:1/maven"));

        Outcome.Failed staged = (Outcome.Failed) stage(jar(job, program));

        assertTrue(staged.retryable());
        assertTrue(
                staged.cause().contains("cannot fetch http://127.0.0.1:1/maven/" + PROGRAM_PATH),
                staged::cause);
        assertEquals(List.of(), trials(job));
    }

    @Test
    void aPlaceThatWantsALoginSaysSo() {
        SampleJob job = job(
                "no-login",
                Map.of("artifacts.delivery", "initFetch", "artifacts.maven", house.address()));

        Outcome.Failed staged = (Outcome.Failed) stage(jar(job, program));

        assertTrue(staged.cause().contains("wants other credentials (401)"), staged::cause);
    }

    @Test
    void aFolderOfTheNodeHasTheProgram() throws IOException {
        Path folder = folder("programs");
        SampleJob job = job(
                "node",
                Map.of("artifacts.delivery", "hostPath", "artifacts.path", folder.toString()));
        EffectiveJob effective = jar(job, program);
        Outcome.Failed missing = (Outcome.Failed) stage(effective);
        assertTrue(
                missing.cause().contains("there is no file /opt/sluice/artifacts/orders-1.jar"),
                missing::cause);

        Files.write(folder.resolve("orders-1.jar"), program);

        done(stage(effective));
        done(start(effective, 1));
        world.advance(job, 1);
        end(job, 1);
    }

    @Test
    void aVolumeClaimHasTheProgram() throws IOException, KubeFailure {
        Path folder = folder("claimed");
        Files.createDirectories(folder.resolve("team"));
        Files.write(folder.resolve("team").resolve("orders-1.jar"), program);
        String volume = world.tenant().name();
        claim(volume, folder);
        try {
            SampleJob job = job(
                    "claim",
                    Map.of(
                            "artifacts.delivery", "pvc",
                            "artifacts.claim", "programs",
                            "artifacts.path", "team"));

            EffectiveJob effective = jar(job, program);
            done(stage(effective));
            done(start(effective, 1));

            world.advance(job, 1);
            end(job, 1);
        } finally {
            world.tenant().api().delete("/api/v1/persistentvolumes/" + volume, Json.object());
        }
    }

    @Test
    void theImageHasWhatTheProgramNeeds() throws Exception {
        FlinkRelease release = FlinkReleases.withKubernetes(
                FlinkReleases.bundled().find("1.20").orElseThrow());
        Path lib = new FlinkHomes(TestCluster.cache(), TestCluster.maven())
                .assemble(release, Progress.SILENT)
                .lib();
        byte[] inImage = Files.readAllBytes(lib.resolve("minlog-1.2.jar"));
        keep(IN_IMAGE, inImage);
        SampleJob job = job(
                "image", Map.of("artifacts.delivery", "image", "artifacts.path", "/opt/flink/lib"));
        EffectiveJob effective = JarJobs.effective(
                job,
                job.effective().spec().program(),
                List.of(new Artifact(IN_IMAGE, Optional.of(Digest.of(inImage)))));

        done(stage(effective));
        done(start(effective, 1));

        world.advance(job, 1);
        end(job, 1);
    }

    private void claim(String volume, Path folder) throws KubeFailure {
        String rest = ", \"storageClassName\": \"\", \"accessModes\": [\"ReadOnlyMany\"],";
        world.tenant()
                .api()
                .create(
                        "/api/v1/persistentvolumes",
                        Json.read("{\"apiVersion\": \"v1\", \"kind\": \"PersistentVolume\","
                                + " \"metadata\": {\"name\": \"" + volume + "\"}, \"spec\":"
                                + " {\"hostPath\": {\"path\": \"" + folder + "\"}" + rest
                                + " \"capacity\": {\"storage\": \"1Gi\"}}}"));
        world.tenant()
                .create(Json.read("{\"apiVersion\": \"v1\", \"kind\": \"PersistentVolumeClaim\","
                        + " \"metadata\": {\"name\": \"programs\"}, \"spec\": {\"volumeName\":"
                        + " \"" + volume + "\"" + rest
                        + " \"resources\": {\"requests\": {\"storage\": \"1Gi\"}}}}"));
    }

    private Path folder(String name) throws IOException {
        Path folder = Files.createDirectory(world.state().resolve(name));
        return Files.setPosixFilePermissions(folder, TestCluster.EVERYBODY);
    }

    private Map<String, String> fetching() {
        return Map.of(
                "artifacts.delivery", "initFetch",
                "artifacts.maven", house.address(),
                "artifacts.secret", "jars");
    }

    private SampleJob job(String name, Map<String, String> kubernetes) {
        SampleJob usual = world.job(name);
        return new SampleJob(
                usual.key(),
                usual.flinkVersion(),
                usual.sql(),
                usual.parallelism(),
                world.placement(kubernetes));
    }

    /** The same job as a jar that somebody published. */
    private static EffectiveJob jar(SampleJob job, byte[] program, byte[]... needs) {
        Artifact main = new Artifact(PROGRAM, Optional.of(Digest.of(program)));
        List<Artifact> dependencies = List.of(needs).stream()
                .map(bytes -> new Artifact(LIBRARY, Optional.of(Digest.of(bytes))))
                .toList();
        List<String> arguments = List.of("--script", Submissions.encode(job.sql()));
        return JarJobs.effective(
                job, new Program.Jar(main, Optional.empty(), arguments), dependencies);
    }

    private static void keep(String coordinate, byte[] bytes) throws ArtifactFailure {
        new ArtifactFiles(TestCluster.cache(), TestCluster.maven(), Progress.SILENT)
                .keep(new Artifact(coordinate, Optional.of(Digest.of(bytes))), bytes);
    }

    private Outcome stage(EffectiveJob job) {
        return Settling.settle(() ->
                world.driver().stage(new StageRequest(job.spec(), Optional.empty(), 0, false)));
    }

    private Outcome start(EffectiveJob job, int attempt) {
        return start(job, attempt, EMPTY);
    }

    private Outcome start(EffectiveJob job, int attempt, RestoreFrom from) {
        StartRequest request = new StartRequest(
                job,
                attempt,
                JobId.of(job.spec().key(), attempt),
                from,
                List.of(new EarlierAttempts(job.spec().key(), attempt - 1, Optional.empty())),
                Optional.empty());
        return Settling.settle(() -> world.driver().start(request));
    }

    private static void done(Outcome outcome) {
        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
    }

    private List<String> trials(SampleJob job) {
        return world.tenant().pods().stream()
                .filter(pod -> !Json.isEnding(pod))
                .map(Json::name)
                .filter(name -> name.startsWith(job.key().name()))
                .toList();
    }

    private void end(SampleJob job, int attempt) {
        world.driver().endCluster(Requests.end(job, attempt));
        absent(job, attempt);
    }

    private void absent(SampleJob job, int attempt) {
        Settling.until(
                KubernetesWorld.PATIENCE,
                () -> world.driver().proveAbsent(Requests.prove(job, attempt)),
                proof -> proof.verdict() == Verdict.ABSENT);
    }
}
