// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.StageRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.artifacts.ApplicationEntry;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.artifacts.JavaHomes;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.contract.LoopbackRepository;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.Settling;
import dev.sluice.drive.isolation.WorkerSettings;
import dev.sluice.drive.session.Preparations;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an attempt in application mode waits for, or is told, before anything is stopped for it. */
class StagingApartTest {
    private static final JobKey KEY = new JobKey("repo", "test", "shop", "orders");
    private static final Duration SHORT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final SampleJob job =
            new SampleJob(KEY, "1.20", "unused", 1, FlinkTarget.Mode.APPLICATION);
    private final StartRequest start = Requests.start(job, 1, new RestoreFrom.Empty("first start"));
    private FlinkRelease release;

    @BeforeEach
    void makeHome() throws IOException {
        release = EmptyHome.in(folder.resolve("cache"), "1.20");
    }

    @Test
    void noStepWaitsForAJarAndAFailureIsToldLater() throws IOException {
        LoopbackRepository server = LoopbackRepository.open(folder.resolve("remote"));
        try (LocalDriver driver = driver(options(), server.url())) {
            // Flink's own entry point of application mode, which would take half a minute.
            server.drip();
            server.publish(ApplicationEntry.of(release).coordinate(), new byte[600]);

            Outcome staged = assertTimeout(SHORT, () -> driver.stage(stage()));
            Outcome started = assertTimeout(SHORT, () -> driver.start(start));

            assertWaiting(staged);
            assertWaiting(started);
            Settling.until(
                    SHORT, () -> server.requests().toString(), asked -> asked.contains(".jar"));
            assertWaiting(driver.start(start));
            assertFalse(Files.exists(folder.resolve("applications")));

            server.close();
            Outcome.Failed failed = (Outcome.Failed) Settling.settle(() -> driver.stage(stage()));
            assertTrue(failed.retryable(), failed::toString);
        } finally {
            server.close();
        }
    }

    @Test
    void aMissingJavaIsToldBeforeAnythingIsStopped() throws IOException {
        Path absent = folder.resolve("no/such/java");
        LocalOptions usual = options();
        LocalOptions options = new LocalOptions(
                usual.cluster(),
                usual.directory(),
                usual.stateDirectory(),
                usual.slots(),
                usual.checkpointInterval(),
                new JavaHomes(List.of(absent), List.of()),
                usual.homes(),
                usual.workers(),
                usual.scheduler());
        try (LocalDriver driver = driver(options, URI.create("http://127.0.0.1:1"))) {
            Outcome.Failed failed = (Outcome.Failed) driver.stage(stage());

            assertTrue(failed.retryable(), failed::toString);
            assertTrue(failed.cause().contains("none at " + absent), failed::toString);
        }
    }

    private StageRequest stage() {
        return new StageRequest(job.effective().spec(), Optional.empty(), 0, true);
    }

    private static void assertWaiting(Outcome outcome) {
        assertEquals(Outcome.Waiting.class, outcome.getClass(), outcome::toString);
        assertTrue(outcome.toString().contains(Preparations.DOING), outcome::toString);
    }

    private LocalOptions options() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Main");
        Path runner = folder.resolve("runner.jar");
        new JarOutputStream(Files.newOutputStream(runner), manifest).close();
        return LocalOptions.of("local", folder, WorkerSettings.of(runner, runner));
    }

    private LocalDriver driver(LocalOptions options, URI repository) {
        return new LocalDriver(
                options,
                folder.resolve("cache"),
                new MavenLocation(repository, folder.resolve("m2")),
                name -> "value",
                at -> {},
                Clock.systemUTC());
    }
}
