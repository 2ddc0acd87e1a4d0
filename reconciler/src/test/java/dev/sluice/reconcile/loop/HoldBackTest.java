// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.Desired;
import dev.sluice.plan.Hold;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.journal.HistoryEntry;
import dev.sluice.reconcile.status.FleetRows;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.SpecError;
import dev.sluice.web.view.FleetRow;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mistake holds back what it is about, and what ran goes on. */
class HoldBackTest {
    @TempDir
    Path folder;

    private LoopWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new LoopWorld(folder, "clicks", "orders");
        world.start();
        world.awaitStable("orders", 1);
        world.awaitStable("clicks", 1);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void anInvalidFileHoldsBackItsOwnJobOnly() throws Exception {
        Digest good = wanted("orders");

        breakOrdersAndChangeClicks();

        world.awaitStable("clicks", 2);
        assertEquals(good, wanted("orders"));
        assertEquals(1, world.job("orders").record().attempt());
        assertEquals(List.of("shop/orders"), heldBack());
    }

    @Test
    void aJobThatRunsByAnOlderSpecSaysWhyUntilTheMistakeIsMended() throws Exception {
        breakOrdersAndChangeClicks();
        world.awaitStable("clicks", 2);

        FleetRow row = FleetRows.of(world.job("orders"));
        assertEquals("OutOfSync", row.status().sync().word());
        assertEquals("Healthy", row.status().health().word());
        assertEquals(Reason.SpecInvalid, row.status().reason());
        assertTrue(
                row.holds().get(0).text().startsWith("jobs/shop/orders/job.sql:1:1: "),
                () -> row.holds().toString());

        world.commit(files -> files.put(JobFiles.sql("orders"), "INSERT INTO a SELECT 9 FROM b;"));
        world.awaitStable("orders", 2);
        assertEquals(List.of(), world.job("orders").holds());
    }

    @Test
    void aNewJobWithAMistakeIsARowThatSaysSo() throws Exception {
        world.commit(files -> JobFiles.job(files, "refunds", "DROP everything;"));

        world.await(
                "it is a row",
                board -> board.job(JobFiles.key("refunds"))
                        .filter(FleetRows::isShown)
                        .isPresent());
        FleetRow row = FleetRows.of(world.job("refunds"));
        assertEquals(Reason.SpecInvalid, row.status().reason());
        assertEquals("Missing", row.status().health().word());
        assertEquals(List.of(), world.steps("refunds"));
    }

    @Test
    void aHeldBackJobKeepsItsLastGoodSpecAfterARestart() throws Exception {
        Digest good = wanted("orders");
        breakOrdersAndChangeClicks();
        world.awaitStable("clicks", 2);
        List<HistoryEntry> before = world.steps("orders");

        world.restart();

        world.await(
                "it is wanted",
                board -> board.job(JobFiles.key("orders"))
                        .flatMap(Board.JobNotice::wanted)
                        .isPresent());
        world.awaitFetches(2);
        world.awaitLooks(2);
        assertEquals(good, wanted("orders"));
        assertEquals(before, world.steps("orders"));
    }

    @Test
    void aHeldBackJobThatFailsIsRecoveredWithItsLastGoodSpec() throws Exception {
        Digest good = wanted("orders");
        breakOrdersAndChangeClicks();
        world.awaitStable("clicks", 2);
        world.cluster("main").advance();

        world.restart();
        world.cluster("main").fail(LoopWorld.id("orders", 1), "out of memory");

        world.awaitStable("orders", 2);
        Board.JobNotice orders = world.job("orders");
        assertEquals(good, orders.record().deployed().map(EffectiveJob::digest).orElseThrow());
        assertEquals(
                List.of(Reason.SpecInvalid),
                orders.holds().stream().map(Hold::reason).distinct().toList());
    }

    @Test
    void anUndefinedVariableIsNamedWithItsPlace() throws Exception {
        world.commit(files -> files.put(
                JobFiles.sql("orders"), "-- counts\nINSERT INTO a SELECT ${rate} FROM b;\n"));

        world.await("it is told", board -> !board.git().findings().isEmpty());

        SpecError finding = world.board().git().findings().get(0);
        assertTrue(
                finding.toString().startsWith("jobs/shop/orders/job.sql:2:22: error"),
                finding::toString);
        assertTrue(finding.message().contains("rate"), finding::toString);
    }

    @Test
    void aBrokenEnvironmentHoldsBackTheWholeCommit() throws Exception {
        Optional<CommitId> good = world.board().git().commit();
        List<HistoryEntry> steps = world.steps("orders");

        breakTheEnvironment();

        world.await("it is told", board -> board.git().trouble().isPresent());
        world.awaitLooks(3);
        assertEquals(good, world.board().git().commit());
        assertEquals(steps, world.steps("orders"));
        assertTrue(world.board().git().trouble().get().contains("last good commit stays in force"));
        assertEquals(
                JobFiles.ENVIRONMENT,
                world.board().git().findings().get(0).location().file());
    }

    @Test
    void aHeldBackCommitIsToldAgainAfterARestartAndTheNextGoodOneFollows() throws Exception {
        Optional<CommitId> good = world.board().git().commit();
        breakTheEnvironment();
        world.await("it is told", board -> board.git().trouble().isPresent());

        world.restart();

        world.await("it is told again", board -> board.git().trouble().isPresent());
        assertEquals(good, world.board().git().commit());
        world.commit(JobFiles::root);
        world.awaitStable("orders", 2);
        assertTrue(world.board().git().trouble().isEmpty());
    }

    @Test
    void aJobFileThatCannotBeReadEndsNoJob() throws Exception {
        List<HistoryEntry> steps = world.steps("orders");
        CommitId commit = world.commit(files -> files.put(JobFiles.yaml("orders"), "name: [\n"));

        world.await("it is in force", board -> board.git().commit().equals(Optional.of(commit)));
        world.awaitLooks(3);

        assertEquals(steps, world.steps("orders"));
        assertTrue(world.job("orders").wanted().get() instanceof Desired.Specified);
    }

    private void breakOrdersAndChangeClicks() throws Exception {
        world.commit(files -> {
            files.put(JobFiles.sql("orders"), "DROP everything;\n");
            files.put(JobFiles.sql("clicks"), "INSERT INTO a SELECT 7 FROM b;\n");
        });
    }

    private void breakTheEnvironment() throws Exception {
        world.commit(files -> {
            files.put(JobFiles.ENVIRONMENT, "apiVersion: sluice/v1\nkind: Environment\n");
            files.put(JobFiles.sql("orders"), "INSERT INTO a SELECT 8 FROM b;\n");
        });
    }

    private List<String> heldBack() {
        return world.board().git().findings().stream()
                .flatMap(finding -> finding.job().stream())
                .distinct()
                .toList();
    }

    private Digest wanted(String name) {
        Desired.Specified wanted = (Desired.Specified) world.job(name).wanted().orElseThrow();
        return wanted.job().digest();
    }
}
