// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.Place;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.isolation.WorkerSettings;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.RestoreFrom;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An attempt in application mode of which the folder, or only its processes, are there. */
class LostFolderTest {
    private static final JobKey KEY = new JobKey("repo", "test", "shop", "orders");
    private static final String SQL =
            "CREATE TABLE t (a INT) WITH ('connector'='x', 'p'='${secret:pass}')";

    @TempDir
    Path folder;

    private final List<String> asked = new ArrayList<>();
    private final SampleJob job = new SampleJob(KEY, "1.20", SQL, 1, FlinkTarget.Mode.APPLICATION);
    private final StartRequest start = Requests.start(job, 1, new RestoreFrom.Empty("first start"));
    private Path attempt;
    private LocalDriver driver;

    @BeforeEach
    void open() {
        attempt = folder.resolve("applications").resolve(JobId.of(KEY, 1).hex());
        driver = new LocalDriver(
                LocalOptions.of("local", folder, WorkerSettings.of(folder, folder)),
                folder.resolve("cache"),
                new MavenLocation(URI.create("http://127.0.0.1:1"), folder.resolve("maven")),
                name -> {
                    asked.add(name);
                    return "value";
                },
                at -> {},
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void aProcessWithoutItsFolderProvesNothingAndIsNotStartedASecondTime() throws IOException {
        Process running = MarkedProcess.jobManager(attempt);
        try {
            Proof proof = driver.proveAbsent(Requests.prove(job, 2));
            Outcome outcome = driver.start(start);

            assertEquals(Proof.Verdict.UNKNOWN, proof.verdict());
            assertTrue(proof.evidence().get(0).contains(running.pid() + " runs"), proof::toString);
            assertEquals(Outcome.Unknown.class, outcome.getClass(), outcome::toString);
            assertFalse(Files.exists(attempt));
        } finally {
            running.destroyForcibly();
        }
    }

    @Test
    void withoutProcessAndFolderItIsAbsent() {
        assertEquals(
                Proof.Verdict.ABSENT, driver.proveAbsent(Requests.prove(job, 2)).verdict());
    }

    @Test
    void whatAnEndedAttemptNeededIsRemovedAndItsLogsAndThatItEndedStay() throws IOException {
        for (String name :
                List.of("conf/a.yaml", "tmp/rocks/db", "upload/b.jar", "usrlib/0-a.jar")) {
            write(name);
        }
        write("logs/jobmanager.log");
        remember();

        Outcome outcome = driver.start(start);

        assertEquals(Outcome.Failed.class, outcome.getClass(), outcome::toString);
        try (Stream<Path> left = Files.list(attempt)) {
            assertEquals(
                    List.of("application.json", "logs"),
                    left.map(file -> file.getFileName().toString()).sorted().toList());
        }
        assertTrue(Files.exists(attempt.resolve("logs/jobmanager.log")));
        assertEquals(outcome, driver.start(start));
        assertEquals(
                Proof.Verdict.ABSENT, driver.proveAbsent(Requests.prove(job, 1)).verdict());
    }

    private void write(String name) throws IOException {
        Files.createDirectories(attempt.resolve(name).getParent());
        Files.writeString(attempt.resolve(name), "bytes");
    }

    @Test
    void aStartThatWasBegunIsAskedAboutWithoutBringingItsSecretsOrAnythingElseAgain()
            throws IOException {
        remember();

        Outcome outcome = driver.start(start);

        assertEquals(Outcome.Failed.class, outcome.getClass(), outcome::toString);
        assertEquals(List.of(), asked);
    }

    private void remember() throws IOException {
        Files.createDirectories(attempt);
        new ClusterFolder(attempt)
                .application()
                .write(new ApplicationFile(
                        "1.20",
                        KEY.display(),
                        1,
                        "/nowhere",
                        new Ports(1, 2),
                        0,
                        0,
                        Place.here(),
                        Optional.empty(),
                        Optional.empty(),
                        false));
    }
}
