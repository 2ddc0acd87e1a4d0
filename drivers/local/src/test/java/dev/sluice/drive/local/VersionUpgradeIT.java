// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.Settling;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** State that moves to another version of Flink, or is refused there and used again here. */
class VersionUpgradeIT {
    private static final int ROWS = 40;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"1.18, 1.20", "1.20, 2.2"})
    void aCountGoesOnInANewerVersion(String older, String newer) {
        try (LocalWorld world = new LocalWorld(directory, older)) {
            Turnover turnover = world.turnover("moved");
            SampleJob job = world.job("moved");
            SampleJob moved = new SampleJob(job.key(), newer, job.sql(), job.parallelism());

            started(world, job, 1, new RestoreFrom.Empty("first start"));
            awaitRows(turnover, ROWS);
            StatePointer saved = stop(world, job, 1);
            LiveJob live = started(world, moved, 2, new RestoreFrom.State(saved));
            awaitRows(turnover, turnover.rows() + ROWS);
            stop(world, moved, 2);

            assertEquals(newer, live.flinkVersion());
            assertEquals(Optional.of(saved.path()), live.detail().get().restoredPath());
            assertEquals(List.of(), turnover.flaws());
        }
    }

    @Test
    void whatTheNewVersionRefusesRunsAgainOnTheOldOneFromTheSameSavepoint() {
        try (LocalWorld world = new LocalWorld(directory, "1.20")) {
            Turnover turnover = world.turnover("refused");
            SampleJob job = world.job("refused");
            // Another graph stands for state that the new version cannot read.
            SampleJob moved = new SampleJob(job.key(), "2.2", turnover.sqlWithoutAggregate(), 2);

            started(world, job, 1, new RestoreFrom.Empty("first start"));
            awaitRows(turnover, ROWS);
            StatePointer saved = stop(world, job, 1);
            Outcome refused = start(world, moved, 2, new RestoreFrom.State(saved));
            LiveJob back = started(world, job, 3, new RestoreFrom.State(saved));
            awaitRows(turnover, turnover.rows() + ROWS);
            stop(world, job, 3);

            assertEquals(Outcome.Failed.class, refused.getClass(), refused::toString);
            assertFalse(((Outcome.Failed) refused).retryable());
            assertEquals("1.20", back.flinkVersion());
            assertEquals(Optional.of(saved.path()), back.detail().get().restoredPath());
            assertEquals(List.of(), turnover.flaws());
        }
    }

    private static LiveJob started(LocalWorld world, SampleJob job, int attempt, RestoreFrom from) {
        Outcome outcome = start(world, job, attempt, from);
        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
        return world.awaitRunning(job, attempt);
    }

    private static Outcome start(LocalWorld world, SampleJob job, int attempt, RestoreFrom from) {
        Settling.settle(() -> world.driver().stage(Requests.stage(job)));
        return Settling.settle(() -> world.driver().start(Requests.start(job, attempt, from)));
    }

    private static StatePointer stop(LocalWorld world, SampleJob job, int attempt) {
        Outcome outcome = Settling.settle(
                () -> world.driver().stopWithSavepoint(Requests.stop(job, attempt, 1)));
        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
        return ((Outcome.Done) outcome).evidence().pointer().orElseThrow();
    }

    private static void awaitRows(Turnover turnover, int rows) {
        Settling.until(LocalWorld.PATIENCE, turnover::rows, seen -> seen >= rows);
    }
}
