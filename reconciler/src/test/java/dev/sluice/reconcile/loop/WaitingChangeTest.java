// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.Hold;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What git wants and nobody approved is not begun because the job fails. */
class WaitingChangeTest {
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
    void aJobThatFailsWhileItsChangeWaitsComesBackAsItWasAndIsUpgradedWhenApproved()
            throws Exception {
        String before = deployed();
        change(files -> files.put(JobFiles.sql("orders"), "INSERT INTO t SELECT 2\n"), "upgrade");
        String wish = world.job("orders").wanted().orElseThrow().plan();

        world.cluster("main").fail(LoopWorld.id("orders", 1), "disk full");
        world.awaitStable("orders", 2);

        assertEquals(before, deployed());
        assertTrue(isWaiting(world.board()));

        askNobody();
        world.awaitStable("orders", 3);
        assertEquals(wish, deployed());
        assertEquals(0, world.cluster("main").violations().size());
    }

    @Test
    void anApprovalCountsThoughTheJobFailedAndCameBackAsItWas() throws Exception {
        change(files -> files.put(JobFiles.sql("orders"), "INSERT INTO t SELECT 2\n"), "upgrade");
        String wish = world.job("orders").wanted().orElseThrow().plan();
        world.cluster("main").fail(LoopWorld.id("orders", 1), "disk full");
        world.awaitStable("orders", 2);

        world.commit(files -> files.put("environments/test/allowances.yaml", """
                apiVersion: sluice/v1
                kind: Allowances
                allowances:
                  - {plan: "%s", kind: approval, reason: looked at, expires: 2999-01-01}
                """.formatted(wish)));

        world.awaitStable("orders", 3);
        assertEquals(wish, deployed());
        assertEquals(List.of(), world.events(Reason.PlanOutdated));
    }

    @Test
    void aJobThatFailsWhileItsSuspensionWaitsIsStartedAgain() throws Exception {
        change(
                files -> files.computeIfPresent(
                        JobFiles.yaml("orders"),
                        (name, text) -> text.replace("state: running", "state: suspended")),
                "suspend");

        world.cluster("main").fail(LoopWorld.id("orders", 1), "disk full");
        world.awaitStable("orders", 2);
        assertTrue(isWaiting(world.board()));

        askNobody();
        world.await("it is suspended", LoopWorld.is("orders", Phase.Suspended.class, 2));
    }

    private interface Change {
        void make(TreeMap<String, String> files);
    }

    private void change(Change change, String needsApproval) throws Exception {
        world.commit(files -> {
            change.make(files);
            files.put("environments/test/policy.yaml", """
                    apiVersion: sluice/v1
                    kind: Policy
                    needApproval: [%s]
                    """.formatted(needsApproval));
        });
        world.await("it waits", WaitingChangeTest::isWaiting);
    }

    /** The policy asks for no approval any more. */
    private void askNobody() throws Exception {
        world.commit(files -> files.put("environments/test/policy.yaml", """
                apiVersion: sluice/v1
                kind: Policy
                needApproval: []
                """));
    }

    private static boolean isWaiting(Board board) {
        return board.job(JobFiles.key("orders")).stream()
                .flatMap(job -> job.holds().stream())
                .map(Hold::reason)
                .anyMatch(Reason.NeedsAllowance::equals);
    }

    private String deployed() {
        return world.job("orders").record().deployed().orElseThrow().digest().brief();
    }
}
