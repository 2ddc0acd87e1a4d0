// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.drive.contract.SampleJob;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first promise on real Flink: what was counted stays counted. */
class UpgradeIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"1.20", "2.2"})
    void countsContinueAfterAChangeOfSqlAndOfParallelism(String version) {
        Turnover turnover = new Turnover(directory.resolve("turnover"));
        JobKey key = new JobKey("repo", "test", "shop", "turnover");
        SampleJob first = new SampleJob(key, version, turnover.sql(), 2);
        SampleJob second = first.withSql(turnover.sqlWithTax());
        SampleJob third = second.withParallelism(3);
        try (LocalWorld world = new LocalWorld(directory.resolve("cluster"))) {
            assertEquals(Outcome.Done.class, world.stage(first).getClass());
            start(world, first, 1, new RestoreFrom.Empty("first start"));
            awaitRows(turnover, 40);

            StatePointer one = LocalWorld.pointer(world.stop(first, 1));
            LiveJob changed = start(world, second, 2, new RestoreFrom.State(one));
            awaitRows(turnover, turnover.rows() + 40);
            StatePointer two = LocalWorld.pointer(world.stop(second, 2));
            LiveJob rescaled = start(world, third, 3, new RestoreFrom.State(two));
            awaitRows(turnover, turnover.rows() + 40);
            LocalWorld.pointer(world.stop(third, 3));

            assertEquals(Optional.of(one.path()), changed.detail().get().restoredPath());
            assertEquals(Optional.of(two.path()), rescaled.detail().get().restoredPath());
            assertEquals(3, rescaled.parallelism());
            assertEquals(List.of(), turnover.flaws());
        }
    }

    private static LiveJob start(LocalWorld world, SampleJob job, int attempt, RestoreFrom from) {
        Outcome outcome = world.start(job, attempt, from);
        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
        return world.awaitRunning(job, attempt);
    }

    private static void awaitRows(Turnover turnover, int rows) {
        Await.until(LocalWorld.PATIENCE, turnover::rows, seen -> seen >= rows);
    }
}
