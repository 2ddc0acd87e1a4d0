// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.artifacts.FlinkReleases;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every Flink version keeps a count over stop and restore. Five versions usually;
 * {@code -Dsluice.flink.versions=all} takes all of them, or a list such as {@code 1.16,1.17}.
 */
class VersionMatrixIT {
    private static final int ROWS = 40;

    @TempDir
    Path directory;

    static List<String> versions() {
        String wanted = System.getProperty("sluice.flink.versions", "1.15,1.18,1.20,2.0,2.3");
        return wanted.equals("all") ? FlinkReleases.bundled().minors() : List.of(wanted.split(","));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aCountGoesOnAfterStopAndRestore(String version) {
        try (LocalWorld world = new LocalWorld(directory, version)) {
            Turnover turnover = world.turnover("turnover");
            SampleJob job = world.job("turnover");
            Settling.settle(() -> world.driver().stage(Requests.stage(job)));

            LiveJob first = start(world, job, 1, new RestoreFrom.Empty("first start"));
            awaitRows(turnover, ROWS);
            StatePointer saved = stop(world, job, 1);
            LiveJob second = start(world, job, 2, new RestoreFrom.State(saved));
            awaitRows(turnover, turnover.rows() + ROWS);
            stop(world, job, 2);

            assertEquals("shop/turnover", first.name());
            assertEquals(2, second.parallelism());
            assertEquals(Optional.of(saved.path()), second.detail().get().restoredPath());
            assertTrue(saved.checkpointId() > 1, "no checkpoint before the savepoint");
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
