// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.Place;
import dev.sluice.drive.artifacts.FlinkHomes;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.contract.HandClock;
import dev.sluice.drive.isolation.WorkerSettings;
import dev.sluice.drive.rest.FileStateStorage;
import dev.sluice.drive.rest.FolderFiles;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.Proof;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attempts in application mode that are over, as a later controller finds them. */
class EndedAttemptsTest {
    private static final JobId JOB = new JobId("a".repeat(32));
    private static final Place ELSEWHERE = new Place("alpha", "m1", "boot1", "pid:[1]");
    private static final String DEEP = "d".repeat(200);

    @TempDir
    Path folder;

    private final HandClock clock = new HandClock();
    private final List<String> problems = new ArrayList<>();
    private ClusterFolder attempt;
    private LocalClusters homes;
    private Applications applications;

    @BeforeEach
    void open() throws IOException {
        LocalOptions options = LocalOptions.of("local", folder, WorkerSettings.of(folder, folder));
        attempt = new ClusterFolder(folder.resolve("applications").resolve(JOB.hex()));
        Files.createDirectories(attempt.path());
        EmptyHome.in(folder.resolve("cache"), "1.20");
        MavenLocation nowhere =
                new MavenLocation(URI.create("http://127.0.0.1:1"), folder.resolve("m2"));
        homes = new LocalClusters(
                options,
                new FlinkHomes(folder.resolve("cache"), nowhere),
                at -> {},
                FreePorts.ofSystem(),
                clock);
        applications = new Applications(
                options,
                homes,
                new FileStateStorage(new FolderFiles(folder)),
                FreePorts.ofSystem(),
                clock);
    }

    @AfterEach
    void close() {
        homes.close();
    }

    @Test
    void whatIsOverIsNoTroubleOnAnotherHostAndProvesThatNothingOfItLives() throws IOException {
        remember(ELSEWHERE, Optional.of("its job is FINISHED"));

        look();

        assertEquals(List.of(), problems);
        assertEquals(Proof.Verdict.ABSENT, prove().verdict());
    }

    @Test
    void whatWasToEndOnAnotherHostAndMayLiveThereIsNoTroubleAndNoProof() throws IOException {
        remember(ELSEWHERE, Optional.of("its job is FINISHED"));
        Path program = write("usrlib/0-a.jar");

        look();

        assertEquals(List.of(), problems);
        assertEquals(Proof.Verdict.UNKNOWN, prove().verdict());
        assertTrue(prove().evidence().get(0).contains("alpha"), prove()::toString);
        assertTrue(Files.exists(program), "removed while its JobManager may read it");
    }

    @Test
    void whatIsNotOverIsToldOnAnotherHost() throws IOException {
        remember(ELSEWHERE, Optional.empty());

        look();

        assertTrue(problems.get(0).contains("alpha"), problems::toString);
        assertEquals(Proof.Verdict.UNKNOWN, prove().verdict());
    }

    @Test
    void whatWasLaunchedForAnotherPathBeforeItsIdsWereWrittenProvesNothing() throws IOException {
        remember(Place.here(), Optional.empty());
        Path before = folder.resolve("moved from/applications").resolve(JOB.hex());
        Process running = MarkedProcess.jobManager(before);
        try {
            assertEquals(Proof.Verdict.UNKNOWN, prove().verdict());
            assertTrue(prove().evidence().get(0).contains("moved from"), prove()::toString);
        } finally {
            running.destroyForcibly();
        }
    }

    @Test
    void whatCouldNotBeRemovedIsTriedAgainLaterAndNotAtEachLook() throws IOException {
        remember(Place.here(), Optional.of("its job is FINISHED"));
        Path program = write("usrlib/0-a.jar");
        Path tooDeep = dig(attempt.path().resolve("conf"));

        look();
        Files.move(tooDeep, folder.resolve("dug out"));
        look();
        boolean isTriedAtOnce = !Files.exists(program);
        clock.pass(61);
        look();

        assertFalse(isTriedAtOnce);
        assertFalse(Files.exists(program));
        assertTrue(attempt.isCleared());
        assertEquals(List.of(), problems);
    }

    /** Folders in folders until no path leads to the last: not even root can remove them. */
    private Path dig(Path top) throws IOException {
        Path upper = chain(top);
        chain(folder.resolve("lower"));
        return Files.move(folder.resolve("lower"), upper.resolve("lower"));
    }

    private static Path chain(Path top) throws IOException {
        Path end = top;
        for (int level = 0; level < 15; level++) {
            end = end.resolve(DEEP);
        }
        return Files.createDirectories(end);
    }

    private void look() {
        applications.observe(Map.of(), problems);
    }

    private Proof prove() {
        return applications.proveAbsent(List.of(JOB));
    }

    private Path write(String name) throws IOException {
        Path file = attempt.path().resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "bytes");
    }

    private void remember(Place place, Optional<String> end) throws IOException {
        attempt.application()
                .write(new ApplicationFile(
                        "1.20",
                        "shop/orders",
                        1,
                        "/nowhere",
                        new Ports(1, 2),
                        0,
                        0,
                        place,
                        Optional.empty(),
                        end,
                        false));
    }
}
