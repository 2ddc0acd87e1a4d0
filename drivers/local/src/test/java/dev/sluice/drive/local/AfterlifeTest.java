// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.drive.Place;
import dev.sluice.drive.artifacts.FlinkHomes;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.contract.HandClock;
import dev.sluice.drive.isolation.WorkerSettings;
import dev.sluice.drive.rest.FileStateStorage;
import dev.sluice.drive.rest.FolderFiles;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cluster of a job that has ended, while controllers come and go. */
class AfterlifeTest {
    private static final JobId JOB = new JobId("a".repeat(32));

    @TempDir
    Path folder;

    private final HandClock clock = new HandClock();
    private final List<Process> processes = new ArrayList<>();
    private ClusterFolder attempt;
    private HttpServer flink;
    private volatile String status = "FINISHED";

    @BeforeEach
    void startCluster() throws IOException {
        flink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        flink.createContext("/jobs/overview", call -> {
            byte[] body = ("{\"jobs\":[{\"jid\":\"" + JOB.hex()
                            + "\",\"name\":\"orders\",\"state\":\"" + status
                            + "\",\"start-time\":1}]}")
                    .getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(200, body.length);
            call.getResponseBody().write(body);
            call.close();
        });
        flink.start();
        EmptyHome.in(folder.resolve("cache"), "1.20");
        attempt = new ClusterFolder(folder.resolve("applications").resolve(JOB.hex()));
        Files.createDirectories(attempt.path());
        attempt.application()
                .write(new ApplicationFile(
                        "1.20",
                        "shop/orders",
                        1,
                        "/nowhere",
                        new Ports(flink.getAddress().getPort(), 1),
                        launch(Role.JOB_MANAGER),
                        launch(Role.TASK_MANAGER),
                        Place.here(),
                        Optional.empty(),
                        Optional.empty(),
                        false));
    }

    private long launch(Role role) throws IOException {
        // Reads its input, which nobody closes before the end of the test.
        Process process = new ProcessBuilder(
                        "/bin/sh", "-c", "read unused", FlinkProcess.marker(attempt.path(), role))
                .start();
        processes.add(process);
        return process.pid();
    }

    @AfterEach
    void stop() {
        flink.stop(0);
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void aMinuteIsAMinuteHoweverOftenControllersAreRestarted() throws Exception {
        List<JobStatus> seen = new ArrayList<>();
        for (int controller = 0; controller < 4; controller++) {
            lookWithAnotherController().forEach(job -> seen.add(job.status()));
            clock.pass(20);
        }
        boolean isAliveBefore = processes.get(0).isAlive();
        lookWithAnotherController();

        assertEquals(List.of(JobStatus.FINISHED, JobStatus.FINISHED), seen.subList(0, 2));
        assertTrue(isAliveBefore);
        for (Process process : processes) {
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), process::toString);
        }
        assertEquals(Optional.of("its job is FINISHED"), remembered().end());
    }

    @Test
    void aJobThatIsNotOverForGoodKeepsItsCluster() throws IOException {
        status = "RESTARTING";

        lookWithAnotherController();
        clock.pass(3600);
        lookWithAnotherController();

        assertTrue(processes.get(0).isAlive());
        assertEquals(Optional.empty(), remembered().jobOver());
    }

    @Test
    void aFileOfAnEarlierVersionIsRead() throws IOException {
        Path file = attempt.path().resolve("application.json");
        String old = Files.readString(file).replaceFirst("\\s*\"jobOver\".*?,", "");
        Files.writeString(file, old);

        assertFalse(old.contains("jobOver"), old);
        assertEquals(Optional.empty(), remembered().jobOver());
    }

    private ApplicationFile remembered() throws IOException {
        return attempt.application().read().orElseThrow();
    }

    private List<LiveJob> lookWithAnotherController() {
        LocalOptions options = LocalOptions.of("local", folder, WorkerSettings.of(folder, folder));
        MavenLocation nowhere =
                new MavenLocation(URI.create("http://127.0.0.1:1"), folder.resolve("m2"));
        LocalClusters homes = new LocalClusters(
                options,
                new FlinkHomes(folder.resolve("cache"), nowhere),
                at -> {},
                FreePorts.ofSystem(),
                clock);
        try {
            List<String> problems = new ArrayList<>();
            List<LiveJob> jobs = new Applications(
                            options,
                            homes,
                            new FileStateStorage(new FolderFiles(folder)),
                            FreePorts.ofSystem(),
                            clock)
                    .observe(Map.of(), problems);
            assertEquals(List.of(), problems);
            return jobs;
        } finally {
            homes.close();
        }
    }
}
