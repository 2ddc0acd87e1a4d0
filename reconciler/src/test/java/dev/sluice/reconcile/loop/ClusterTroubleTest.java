// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.StartRequest;
import dev.sluice.drive.testing.InMemoryDriver;
import dev.sluice.plan.Phase;
import dev.sluice.reconcile.journal.HistoryEntry;
import dev.sluice.reconcile.journal.Samples;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.RestoreFrom;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster does to its jobs, and never to those of another. */
class ClusterTroubleTest {
    @TempDir
    Path folder;

    private LoopWorld world;

    @BeforeEach
    void prepare() throws Exception {
        world = new LoopWorld(folder, "orders");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aJobOnAClusterOutOfReachIsUnknownAndNothingIsDone() throws Exception {
        start();
        List<HistoryEntry> before = world.steps("orders");

        world.cluster("main").reachable(false);
        world.await(
                "it is unknown",
                board -> board.job(JobFiles.key("orders"))
                        .filter(job -> job.observed() instanceof Observed.Unknown)
                        .isPresent());
        world.commit(
                files -> files.put(JobFiles.sql("orders"), "INSERT INTO a SELECT 2 FROM b;\n"));
        world.awaitFetches(2);
        world.awaitLooks(3);

        assertEquals(before, world.steps("orders"));
        world.cluster("main").reachable(true);
        world.awaitStable("orders", 2);
    }

    @Test
    void aClusterOutOfReachDelaysNoOther() throws Exception {
        world.cluster("main").reachable(false);
        world.commit(
                files -> JobFiles.job(files, "clicks", "other", "INSERT INTO a SELECT 2 FROM b;"));

        world.start();

        world.awaitStable("clicks", 1);
        assertInstanceOf(Phase.Absent.class, world.job("orders").record().phase());
    }

    @Test
    void aJobThatSluiceDidNotStartIsListedAndNeverTouched() throws Exception {
        JobId foreign = startForeign();

        start();
        world.await("it is listed", board -> !unmanaged(board).isEmpty());
        world.cluster("main").advance();
        world.awaitLooks(3);

        assertEquals(List.of(foreign), unmanaged(world.board()));
        assertEquals(Optional.of(1L), world.cluster("main").progress(foreign));
    }

    @Test
    void aCallThatHangsHoldsUpItsOwnJobOnly() throws Exception {
        try (HangingDriver.Gate gate = new HangingDriver.Gate("orders")) {
            world.wrap(driver -> new HangingDriver(driver, gate));
            world.commit(files -> JobFiles.job(files, "clicks", "INSERT INTO a SELECT 2 FROM b;"));

            world.start();

            world.awaitStable("clicks", 1);
            world.await("it was asked for", LoopWorld.is("orders", Phase.Starting.class, 1));
            assertTrue(world.steps("orders").get(0).isOpen());
        }
        world.awaitStable("orders", 1);
    }

    @Test
    void callsThatHangForManyJobsHoldUpNoOtherOfTheirCluster() throws Exception {
        List<String> hung =
                List.of("orders", "hung-a", "hung-b", "hung-c", "hung-d", "hung-e", "hung-f");
        try (HangingDriver.Gate gate = HangingDriver.Gate.ofStaging(hung)) {
            world.wrap(driver -> new HangingDriver(driver, gate));
            world.commit(files -> {
                hung.forEach(job -> JobFiles.job(files, job, "INSERT INTO a SELECT 2 FROM b;"));
                JobFiles.job(files, "zebra", "INSERT INTO a SELECT 2 FROM b;");
            });

            world.start();

            world.awaitStable("zebra", 1);
            for (String job : hung) {
                assertInstanceOf(Phase.Staging.class, world.job(job).record().phase());
            }
        }
        world.awaitStable("hung-f", 1);
    }

    @Test
    void aStopThatWaitsForEverDelaysNoOtherJob() throws Exception {
        start();
        try (HangingDriver.Gate gate = new HangingDriver.Gate("orders")) {
            world.wrap(driver -> new HangingDriver(driver, gate));
            world.restart();
            world.commit(files -> {
                JobFiles.job(files, "clicks", "INSERT INTO a SELECT 2 FROM b;");
                files.put(JobFiles.sql("orders"), "INSERT INTO a SELECT 3 FROM b;\n");
            });

            world.await("it stops", LoopWorld.is("orders", Phase.Stopping.class, 1));
            world.awaitStable("clicks", 1);

            assertInstanceOf(Phase.Stopping.class, world.job("orders").record().phase());
        }
        world.awaitStable("orders", 2);
    }

    @Test
    void aDriverThatThrowsMakesItsClusterUnknownAndStopsNoLoop() throws Exception {
        world.commit(
                files -> JobFiles.job(files, "clicks", "other", "INSERT INTO a SELECT 2 FROM b;"));
        world.wrap(driver -> new ThrowingDriver(driver, "main"));

        world.start();

        world.awaitStable("clicks", 1);
        world.await("it is told", board -> board.clusters().containsKey("main"));
        assertEquals(
                Optional.of("driver failed: java.lang.IllegalStateException: broken"),
                world.board().clusters().get("main").observation().unreachable());
        assertEquals(List.of(), world.steps("orders"));
    }

    private void start() throws Exception {
        world.start();
        world.awaitStable("orders", 1);
    }

    /** Somebody starts a job of another key, as another Sluice or a person would. */
    private JobId startForeign() {
        JobKey key = Samples.KEY;
        JobId id = JobId.of(key, 1);
        new InMemoryDriver("main", List.of("1.20"), world.cluster("main"), Clock.systemUTC())
                .start(new StartRequest(
                        Samples.job("INSERT INTO a SELECT 1 FROM b"),
                        1,
                        id,
                        new RestoreFrom.Empty("by hand"),
                        List.of(),
                        Optional.empty()));
        return id;
    }

    private static List<JobId> unmanaged(Board board) {
        return board.clusters().values().stream()
                .flatMap(cluster -> cluster.unmanaged().stream())
                .map(LiveJob::id)
                .toList();
    }
}
