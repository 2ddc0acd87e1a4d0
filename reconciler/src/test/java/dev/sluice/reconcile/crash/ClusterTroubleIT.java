// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.proxy.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What real Flink, and people at it, do to a counting job without asking the controller. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterTroubleIT {
    private final Seed seed = Seed.ofThisRun();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private CrashWorld world;

    @BeforeAll
    void begin(@TempDir Path folder) throws Exception {
        world = CrashWorld.begin(folder, seed.flinkVersion(), seed.random());
        world.proxy().hear(request -> asked.add(request.line()));
    }

    @AfterAll
    void end() throws Exception {
        if (world != null) {
            world.close();
        }
    }

    /** With a controller that asks through the proxy, and a job of which nothing is under way. */
    @BeforeEach
    void calm() {
        world.endController();
        world.proxy().heal();
        asked.clear();
    }

    @Test
    void aSavepointIsFoundWhenControllerAndJobManagerDiedBeforeAnyoneWroteItDown()
            throws Exception {
        int next = world.attempt() + 1;
        world.die(new FailPoint(StepKind.STOP, Moment.ENDED), Blow.HALT);

        world.killJobManager();

        world.finish(next, Trap.NONE);
    }

    @Test
    void aJobThatItsJobManagerForgotGoesOnFromItsNewestCheckpoint() throws Exception {
        int next = world.attempt() + 1;
        world.killJobManager();

        world.finish(next, Trap.NONE);
    }

    @Test
    void aSavepointUnderWayIsAwaitedByTheNextControllerWithoutASecondRequest() throws Exception {
        int next = world.attempt() + 1;
        world.proxy()
                .only(
                        request -> request.path().contains("/savepoints/"),
                        Fault.edited(body -> body.contains("errors") ? body : """
                        {"status":{"id":"IN_PROGRESS"},"operation":null}"""));
        world.upgradeLater();
        awaitPolls(2);

        world.endController();
        world.startController();
        awaitPolls(5);

        assertInstanceOf(Phase.Stopping.class, world.record().phase());
        assertEquals(1, asked.stream().filter(line -> line.endsWith("/stop")).count());
        world.proxy().heal();
        world.awaitUpgrade(next);
    }

    @Test
    void aJobCancelledByHandWaitsForACommitAndGoesOnFromItsNewestCheckpoint() throws Exception {
        int next = world.attempt() + 1;
        world.startController();

        world.flink().cancel(world.record().currentId().orElseThrow().hex());
        world.await(
                "it is held",
                record -> record.phase() instanceof Phase.Blocked blocked
                        && blocked.reason() == Reason.ExternallyStopped);
        world.upgradeLater();

        world.awaitUpgrade(next);
    }

    private void awaitPolls(int more) throws Exception {
        int before = polls();
        Waiting.until(
                Duration.ofSeconds(60), () -> polls() >= before + more, () -> "no poll: " + asked);
    }

    private int polls() {
        return (int)
                asked.stream().filter(line -> line.contains("/savepoints/")).count();
    }
}
