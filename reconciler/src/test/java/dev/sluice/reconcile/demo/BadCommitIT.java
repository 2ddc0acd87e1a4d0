// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.Phase;
import dev.sluice.plan.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A commit that cannot run is refused with its reason, and the job it would replace runs on. */
class BadCommitIT {
    private static final String SCRIPT = "jobs/shop/orders/job.sql";

    @TempDir
    Path folder;

    @Test
    void theOldJobRunsOnWhileABadCommitIsRefusedWithItsReason() throws Exception {
        try (DemoWorld world = DemoWorld.create(folder)) {
            world.runUntil(Phase.Stable.class, 1, stage -> {
                refused(world, stage, sql -> sql.replace("FROM orders", "FORM orders"), SCRIPT);
                refused(
                        world,
                        stage,
                        sql -> sql.replace("FORM orders", "FROM orders")
                                .replace("'filesystem'", "'no-such-connector'"),
                        "no-such-connector");
                refused(
                        world,
                        stage,
                        sql -> sql.replace("'no-such-connector'", "'filesystem'")
                                .replaceFirst(
                                        "(?s)INSERT INTO.*",
                                        "INSERT INTO turnover SELECT shop, CAST(1 AS BIGINT),"
                                                + " CAST(amount AS DECIMAL(20, 2)) FROM orders;"),
                        "does not fit its new graph");
            });
        }
    }

    private static void refused(
            DemoWorld world, DemoStage stage, UnaryOperator<String> change, String words)
            throws Exception {
        world.commit(SCRIPT, "Break it", change);

        boolean isRefused =
                stage.board().await(board -> refusal(stage).contains(words), Duration.ofMinutes(2));

        assertTrue(isRefused, () -> words + " is not in: " + refusal(stage));
        assertEquals(1, stage.notice(DemoWorld.ORDERS).record().attempt());
        assertEquals(
                List.of(stage.currentId(DemoWorld.ORDERS).hex()), stage.live(DemoWorld.ORDERS));
        int before = stage.rows(DemoWorld.ORDERS).count();
        assertTrue(stage.rowsBeyond(DemoWorld.ORDERS, before, Duration.ofMinutes(1)) > before);
        assertEquals(List.of(), stage.rows(DemoWorld.ORDERS).flaws());
    }

    private static String refusal(DemoStage stage) {
        return stage.notice(DemoWorld.ORDERS)
                .record()
                .notes()
                .refused()
                .map(Refusal::text)
                .orElse("");
    }
}
