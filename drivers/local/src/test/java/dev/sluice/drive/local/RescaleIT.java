// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.Settling;
import dev.sluice.drive.local.LocalOptions.Scheduler;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the adaptive scheduler of real Flink makes of a new parallelism: the job goes on counting. */
@Tag("long")
class RescaleIT {
    private static final int ROWS = 40;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"1.20, 4, 2", "2.2, 2, 4"})
    void oneJobGoesOnCountingWithLessAndWithMoreParallelism(String version, int from, int to) {
        try (LocalWorld world = new LocalWorld(directory, version, Scheduler.ADAPTIVE)) {
            Turnover turnover = world.turnover("turnover");
            SampleJob job = world.job("turnover").withParallelism(from);
            Settling.settle(() -> world.driver().stage(Requests.stage(job)));
            done(Settling.settle(() -> world.driver()
                    .start(Requests.start(job, 1, new RestoreFrom.Empty("first start")))));
            LiveJob begun = world.awaitRunning(job, 1);
            awaitRows(turnover, ROWS);

            rescale(world, turnover, job, from, to);
            world.restartController();
            rescale(world, turnover, job, from, to);

            LiveJob ended = world.awaitRunning(job, 1);
            assertEquals(begun.startedAt(), ended.startedAt());
            assertEquals(1, world.driver().observe(Map.of()).jobs().size());
            done(Settling.settle(() -> world.driver().stopWithSavepoint(Requests.stop(job, 1, 1))));
            assertEquals(List.of(), turnover.flaws());
        }
    }

    private static void rescale(
            LocalWorld world, Turnover turnover, SampleJob job, int from, int to) {
        done(world.driver().rescale(Requests.rescale(job, 1, from, to)));
        LiveJob changed = Settling.until(
                        LocalWorld.PATIENCE,
                        () -> world.live(job, 1),
                        seen -> seen.filter(live -> isRunningAs(live, to)).isPresent())
                .orElseThrow();
        assertEquals(JobStatus.RUNNING, changed.status());
        awaitRows(turnover, turnover.rows() + ROWS);
        assertTrue(world.live(job, 1).filter(live -> isRunningAs(live, to)).isPresent());
    }

    private static boolean isRunningAs(LiveJob job, int parallelism) {
        return job.parallelism() == parallelism && job.detail().get().allVerticesRunning();
    }

    private static void done(Outcome outcome) {
        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
    }

    private static void awaitRows(Turnover turnover, int rows) {
        Settling.until(LocalWorld.PATIENCE, turnover::rows, seen -> seen >= rows);
    }
}
