// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.Hold;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.status.BoardStatus;
import dev.sluice.reconcile.status.Origin;
import dev.sluice.web.view.BuildInfo;
import dev.sluice.web.view.JobPage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a job tells the loop's own plan and step, and nothing that the loop will not do. */
class StoredPlanTest {
    private static final String STOP = "step: stop with a canonical savepoint";

    @TempDir
    Path folder;

    private LoopWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new LoopWorld(folder, "orders");
        world.start();
        world.awaitStable("orders", 1);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aChangeThatThePlannerHoldsHasItsPlanOnThePageAndNoStep() throws Exception {
        world.commit(StoredPlanTest::anotherMajorVersion);
        awaitHold(Reason.NeedsAllowance);

        JobPage page = page();

        assertEquals(List.of(), page.plan());
        assertEquals(
                world.job("orders").wanted().orElseThrow().plan(), plan(page).id());
        assertTrue(has(page, "flink.version: 1.20 -> 2.1"), () -> plan(page).toString());
        assertTrue(has(page, "waits: NeedsAllowance"), () -> plan(page).toString());
    }

    @Test
    void aChangeThatAdmissionHoldsHasItsPlanOnThePageAndNoStep() throws Exception {
        world.commit(files -> {
            files.put(JobFiles.sql("orders"), "INSERT INTO t SELECT 2\n");
            files.put("environments/test/policy.yaml", """
                    apiVersion: sluice/v1
                    kind: Policy
                    needApproval: [upgrade]
                    """);
        });
        awaitHold(Reason.NeedsAllowance);

        JobPage page = page();

        assertEquals(List.of(), page.plan());
        assertTrue(
                has(page, "step: stop with a native savepoint"),
                () -> plan(page).toString());
    }

    @Test
    void thePlanByWhichAHeldChangeBeginsTakesItsPlaceUnderTheSameId() throws Exception {
        world.commit(StoredPlanTest::anotherMajorVersion);
        awaitHold(Reason.NeedsAllowance);
        String id = plan(page()).id();
        world.restart();
        world.commit(files -> files.put("environments/test/allowances.yaml", """
                apiVersion: sluice/v1
                kind: Allowances
                allowances:
                  - {plan: "%s", kind: notPortable, reason: tried, expires: 2999-01-01}
                """.formatted(id)));

        world.await("its plan has steps", board -> stored().toString().contains(STOP));

        assertEquals(id, stored().orElseThrow().id());
        assertEquals(List.of(), world.events(Reason.PlanOutdated));
    }

    private static void anotherMajorVersion(TreeMap<String, String> files) {
        files.computeIfPresent(
                JobFiles.yaml("orders"), (name, text) -> text.replace("\"1.20\"", "\"2.1\""));
    }

    private void awaitHold(Reason reason) throws InterruptedException {
        world.await(
                "it is held for " + reason,
                board -> board.job(JobFiles.key("orders")).stream()
                        .flatMap(job -> job.holds().stream())
                        .map(Hold::reason)
                        .anyMatch(reason::equals));
    }

    private JobPage page() {
        return new BoardStatus(
                        world.board(),
                        world.journal(),
                        new Origin("jobs.git", "main", "test", "one"),
                        new BuildInfo("0", "unknown"))
                .job("shop", "orders")
                .orElseThrow();
    }

    private Optional<StandingPlan> stored() {
        return StandingPlan.newest(world.journal(), JobFiles.key("orders"));
    }

    private static JobPage.StoredPlan plan(JobPage page) {
        return page.stored().orElseThrow();
    }

    private static boolean has(JobPage page, String text) {
        return page.stored().stream()
                .flatMap(plan -> plan.lines().stream())
                .anyMatch(line -> line.contains(text));
    }
}
