// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.Place;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.Settling;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.RestoreFrom;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the cluster of one job when something else dies. */
class ApplicationIT {
    private static final RestoreFrom EMPTY = new RestoreFrom.Empty("first start");

    @TempDir
    Path directory;

    private ApplicationWorld world;
    private SampleJob job;
    private StartRequest start;

    @BeforeEach
    void prepare() {
        world = new ApplicationWorld(directory, "2.2");
        job = world.job("alone");
        start = Requests.start(job, 1, EMPTY);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void aLostAnswerADeadTaskManagerAndADeadJobManagerNeverMakeASecondJob() {
        Settling.settle(() -> world.driver().stage(Requests.stage(job)));
        Outcome begun = world.driver().start(start);
        assertEquals(Outcome.Waiting.class, begun.getClass(), begun::toString);
        List<FlinkProcess> launched = world.processes(Role.JOB_MANAGER);
        world.restartController();
        Outcome found = Settling.settle(() -> world.driver().start(start));

        assertEquals(Outcome.Done.class, found.getClass(), found::toString);
        assertEquals(launched, world.processes(Role.JOB_MANAGER));
        world.local().awaitRunning(job, 1);
        world.advance(job, 1);

        FlinkProcess lost = world.processes(Role.TASK_MANAGER).get(0);
        lost.kill();
        Settling.until(
                LocalWorld.PATIENCE,
                () -> {
                    world.driver().observe(Map.of());
                    return world.processes(Role.TASK_MANAGER);
                },
                now -> now.size() == 1 && !now.get(0).equals(lost));
        world.advance(job, 1);
        assertEquals(launched, world.processes(Role.JOB_MANAGER));

        world.killJobManager();
        world.restartController();
        assertEquals(List.of(), world.driver().observe(Map.of()).jobs());
        assertEquals(List.of(), world.processes(Role.TASK_MANAGER));
        Outcome again = Settling.settle(() -> world.driver().start(start));

        assertTrue(((Outcome.Failed) again).evidence().pointer().isPresent(), again::toString);
        assertEquals(List.of(), world.processes(Role.JOB_MANAGER));
        assertEquals(
                Proof.Verdict.ABSENT,
                world.driver().proveAbsent(Requests.prove(job, 1)).verdict());
    }

    @Test
    void aPortThatSomebodyTakesBeforeFlinkDoesCostsOneAttemptAndNothingElse() throws Exception {
        Settling.settle(() -> world.driver().stage(Requests.stage(job)));
        Outcome begun = world.driver().start(start);
        assertEquals(Outcome.Waiting.class, begun.getClass(), begun::toString);
        Ports ports = world.remembered(job, 1).ports();

        // Flink itself needs seconds until it gets there.
        try (ServerSocket taken =
                new ServerSocket(ports.rest(), 1, InetAddress.getLoopbackAddress())) {
            Outcome.Failed failed =
                    (Outcome.Failed) Settling.settle(() -> world.driver().start(start));

            assertTrue(failed.retryable(), failed::toString);
            assertTrue(failed.cause().contains("BindException"), failed::toString);
            assertTrue(failed.cause().contains(Integer.toString(ports.rest())), failed::toString);
            assertEquals(List.of(), world.processes(Role.TASK_MANAGER));
            assertEquals(
                    Proof.Verdict.ABSENT,
                    world.driver().proveAbsent(Requests.prove(job, 1)).verdict());
            Outcome next =
                    Settling.settle(() -> world.driver().start(Requests.start(job, 2, EMPTY)));

            assertEquals(Outcome.Done.class, next.getClass(), next::toString);
            assertNotEquals(
                    taken.getLocalPort(), world.remembered(job, 2).ports().rest());
        }
    }

    @Test
    void aStartThatWasBegunAndLaunchedNothingIsNotLaunchedLater() throws Exception {
        Path folder = Files.createDirectories(directory
                .resolve("cluster/applications")
                .resolve(JobId.of(job.key(), 1).hex()));
        new ClusterFolder(folder)
                .application()
                .write(new ApplicationFile(
                        "2.2",
                        job.key().display(),
                        1,
                        "/nowhere",
                        new Ports(1, 2),
                        0,
                        0,
                        Place.here(),
                        Optional.empty(),
                        Optional.empty(),
                        false));
        Settling.settle(() -> world.driver().stage(Requests.stage(job)));

        Outcome.Failed failed =
                (Outcome.Failed) Settling.settle(() -> world.driver().start(start));

        assertTrue(failed.retryable(), failed::toString);
        assertFalse(failed.evidence().facts().containsKey("burnt"));
        assertEquals(List.of(), world.processes(Role.JOB_MANAGER));
    }
}
