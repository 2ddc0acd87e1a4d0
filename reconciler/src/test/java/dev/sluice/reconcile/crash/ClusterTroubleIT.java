// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.proxy.Fault;
import dev.sluice.reconcile.proxy.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real Flink, and people at it, do to a counting job without asking the controller. */
class ClusterTroubleIT {
    private final Seed seed = Seed.ofThisRun();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    private CrashWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = CrashWorld.begin(folder, seed.flinkVersion(), seed.random());
        world.proxy().hear(request -> asked.add(request.line()));
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    @Test
    void aSavepointIsFoundWhenControllerAndJobManagerDiedBeforeAnyoneWroteItDown()
            throws Exception {
        world.die(new FailPoint(StepKind.STOP, Moment.ENDED), Blow.HALT);

        world.killJobManager();

        world.finish(2, Trap.NONE);
    }

    @Test
    void aJobThatItsJobManagerForgotGoesOnFromItsNewestCheckpoint() throws Exception {
        world.killJobManager();

        world.finish(2, Trap.NONE);
    }

    @Test
    void aSavepointUnderWayIsAwaitedByTheNextControllerWithoutASecondRequest() throws Exception {
        world.proxy().only(ClusterTroubleIT::isAboutTrigger, Fault.edited(body -> """
                {"status":{"id":"IN_PROGRESS"},"operation":null}"""));
        world.upgradeLater();
        awaitPolls(2);

        world.endController();
        world.startController();
        awaitPolls(5);

        assertInstanceOf(Phase.Stopping.class, world.record().phase());
        assertEquals(1, asked.stream().filter(line -> line.endsWith("/stop")).count());
        world.proxy().heal();
        world.awaitUpgrade(2);
    }

    @Test
    void aJobCancelledByHandWaitsForACommitAndGoesOnFromItsNewestCheckpoint() throws Exception {
        world.startController();

        world.flink().cancel(world.record().currentId().orElseThrow().hex());
        world.await(
                "it is held",
                record -> record.phase() instanceof Phase.Blocked blocked
                        && blocked.reason() == Reason.ExternallyStopped);
        world.upgradeLater();

        world.awaitUpgrade(2);
    }

    private void awaitPolls(int more) throws Exception {
        int before = polls();
        Waiting.until(
                Duration.ofSeconds(60), () -> polls() >= before + more, () -> "no poll: " + asked);
    }

    private int polls() {
        return (int) asked.stream().filter(line -> line.contains("/savepoints/")).count();
    }

    private static boolean isAboutTrigger(Request request) {
        return request.path().contains("/savepoints/");
    }
}
