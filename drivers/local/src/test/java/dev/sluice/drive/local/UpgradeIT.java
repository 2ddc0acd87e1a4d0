// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first promise on real Flink: what was counted stays counted. */
@Tag("long")
class UpgradeIT {
    private static final int ROWS = 40;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"1.20", "2.2"})
    void countsContinueAfterAChangeOfSqlAndOfParallelism(String version) {
        try (LocalWorld world = new LocalWorld(directory, version)) {
            Turnover turnover = world.turnover("turnover");
            SampleJob first = world.job("turnover");
            SampleJob taxed = first.withSql(turnover.sqlWithTax());
            SampleJob wider = taxed.withParallelism(3);
            Settling.settle(() -> world.driver().stage(Requests.stage(first)));

            start(world, first, 1, new RestoreFrom.Empty("first start"));
            awaitRows(turnover, ROWS);
            StatePointer one = stop(world, first, 1);
            LiveJob changed = start(world, taxed, 2, new RestoreFrom.State(one));
            awaitRows(turnover, turnover.rows() + ROWS);
            StatePointer two = stop(world, taxed, 2);
            LiveJob rescaled = start(world, wider, 3, new RestoreFrom.State(two));
            awaitRows(turnover, turnover.rows() + ROWS);
            stop(world, wider, 3);

            assertEquals(Optional.of(one.path()), changed.detail().get().restoredPath());
            assertEquals(Optional.of(two.path()), rescaled.detail().get().restoredPath());
            assertEquals(3, rescaled.parallelism());
            assertEquals(List.of(), turnover.flaws());
        }
    }

    private static LiveJob start(LocalWorld world, SampleJob job, int attempt, RestoreFrom from) {
        Outcome outcome =
                Settling.settle(() -> world.driver().start(Requests.start(job, attempt, from)));
        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
        return world.awaitRunning(job, attempt);
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
