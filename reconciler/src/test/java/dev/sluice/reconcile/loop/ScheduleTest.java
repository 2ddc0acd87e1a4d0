// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.plan.Hold;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batch jobs run when their schedule says so: once for an instant, and never two runs at a time. */
class ScheduleTest {
    @TempDir
    Path folder;

    private LoopWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new LoopWorld(folder);
        world.wall().set("2026-03-01T10:00:00Z");
        world.commit(files -> nightly(files, "0 0 2 * * ?"));
        world.start();
        world.await("it waits", waits());
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void nothingRunsBeforeTheInstantAndOneRunIsMadeAtIt() throws Exception {
        world.wall().set("2026-03-02T01:59:59Z");
        world.awaitLooks(3);
        assertEquals(0, attempt());

        world.wall().set("2026-03-02T02:00:00Z");

        world.awaitStable("nightly", 1);
    }

    @Test
    void theNextRunWaitsForItsInstantAfterTheLastHasFinished() throws Exception {
        runOnce();

        world.wall().set("2026-03-02T23:00:00Z");
        world.awaitLooks(5);
        assertEquals(1, attempt());

        world.wall().set("2026-03-03T02:00:05Z");
        world.awaitStable("nightly", 2);
    }

    @Test
    void aRunThatGoesOnIsNotJoinedByASecondAndAllThatWasMissedRunsOnceAfterIt() throws Exception {
        world.wall().set("2026-03-02T02:00:00Z");
        world.awaitStable("nightly", 1);

        world.wall().set("2026-03-05T03:00:00Z");
        world.awaitLooks(5);
        assertEquals(1, attempt());

        world.cluster("main").finish(LoopWorld.id("nightly", 1));
        world.awaitStable("nightly", 2);
        world.cluster("main").finish(LoopWorld.id("nightly", 2));
        world.await("it is over", LoopWorld.is("nightly", Phase.Finished.class, 2));
        world.awaitLooks(5);
        assertEquals(2, attempt());
    }

    @Test
    void anInstantMissedWhileNoControllerRanIsMadeUpForOnce() throws Exception {
        runOnce();
        world.end();
        world.wall().set("2026-03-09T12:00:00Z");

        world.start();

        world.awaitStable("nightly", 2);
        world.cluster("main").finish(LoopWorld.id("nightly", 2));
        world.restart();
        world.await("it is over", LoopWorld.is("nightly", Phase.Finished.class, 2));
        world.awaitLooks(5);
        assertEquals(2, attempt());
    }

    @Test
    void anInstantMissedBeforeTheFirstRunIsMadeUpForToo() throws Exception {
        world.end();
        world.wall().set("2026-03-02T12:00:00Z");

        world.start();

        world.awaitStable("nightly", 1);
    }

    @Test
    void aLateStandbyMakesUpForAnInstantOfAScheduleThatItHasNotReadYet() throws Exception {
        world.gitPeriod(Duration.ofHours(1));
        try (LoopWorld.Running second = world.another("two")) {
            LoopWorld.await(
                    "it stands by", second.board(), board -> board.leadership().isPresent());
            world.commit(files -> nightly(files, "0 0 11 * * ?"));
            world.awaitFetches(2);
            world.awaitLooks(5);
            world.end();
            world.wall().set("2026-03-02T12:00:00Z");

            LoopWorld.await(
                    "it runs", second.board(), LoopWorld.is("nightly", Phase.Stable.class, 1));
        }
    }

    @Test
    void aClockPutBackRunsNothingTwice() throws Exception {
        runOnce();

        world.wall().set("2026-03-02T01:30:00Z");
        world.awaitLooks(3);
        world.wall().set("2026-03-02T02:00:10Z");
        world.awaitLooks(5);

        assertEquals(1, attempt());
    }

    @Test
    void aNewScheduleIsNotDueForInstantsBeforeIt() throws Exception {
        runOnce();
        world.wall().set("2026-03-02T12:00:00Z");

        world.commit(files -> nightly(files, "0 0 11 * * ?"));
        world.awaitFetches(2);
        world.awaitLooks(5);
        assertEquals(1, attempt());

        world.wall().set("2026-03-03T11:00:00Z");
        world.awaitStable("nightly", 2);
    }

    @Test
    void anExpressionThatIsNoneIsToldOnTheJob() throws Exception {
        world.commit(files -> nightly(files, "0 0 2 * * *"));

        world.await(
                "it is told",
                board -> board.job(JobFiles.key("nightly")).stream()
                        .flatMap(job -> job.holds().stream())
                        .map(Hold::reason)
                        .anyMatch(Reason.SpecInvalid::equals));
    }

    @Test
    void aRunningJobIsChangedOnlyInTheMaintenanceWindowOfItsCluster() throws Exception {
        world.commit(files -> {
            JobFiles.job(files, "orders", "INSERT INTO a SELECT 1 FROM b;");
            files.put(
                    JobFiles.ENVIRONMENT,
                    files.get(JobFiles.ENVIRONMENT)
                            + "maintenance: [{cron: '0 0 22 * * ?', lasts: 2h, clusters: [main]}]\n");
        });
        world.awaitStable("orders", 1);

        world.commit(
                files -> files.put(JobFiles.sql("orders"), "INSERT INTO a SELECT 2 FROM b;\n"));
        world.await(
                "it waits for the window",
                board -> board.job(JobFiles.key("orders")).orElseThrow().holds().stream()
                        .anyMatch(hold -> hold.reason() == Reason.WaitingForWindow
                                && hold.text().endsWith("opens at 2026-03-01T22:00:00Z")));

        world.wall().set("2026-03-01T23:30:00Z");
        world.awaitStable("orders", 2);
    }

    private void runOnce() throws Exception {
        world.wall().set("2026-03-02T02:00:00Z");
        world.awaitStable("nightly", 1);
        world.cluster("main").finish(LoopWorld.id("nightly", 1));
        world.await("it finished", LoopWorld.is("nightly", Phase.Finished.class, 1));
    }

    private int attempt() {
        return world.job("nightly").record().attempt();
    }

    private static Predicate<Board> waits() {
        return board -> board.job(JobFiles.key("nightly"))
                .filter(job -> job.reason() == Reason.WaitingForSchedule)
                .isPresent();
    }

    private static void nightly(TreeMap<String, String> files, String cron) {
        JobFiles.job(files, "nightly", "INSERT INTO a SELECT 1 FROM b;");
        files.merge(
                JobFiles.yaml("nightly"), "schedule: {cron: \"" + cron + "\"}\n", String::concat);
    }
}
