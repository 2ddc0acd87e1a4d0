// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.Hold;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.plan.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan is carried out while what it was made from holds, and an approval is of one plan. */
class PlansTest {
    private static final Pattern ANEW =
            Pattern.compile("for plan ([0-9a-f]+), which was made anew");

    @TempDir
    Path folder;

    private LoopWorld world;

    /** Suspended, then wanted again, which a person has to approve. */
    @BeforeEach
    void start() throws Exception {
        world = new LoopWorld(folder, "orders");
        world.start();
        world.awaitStable("orders", 1);
        world.commit(files -> state(files, "running", "suspended"));
        world.await("it is suspended", LoopWorld.is("orders", Phase.Suspended.class, 1));
        world.commit(files -> {
            state(files, "suspended", "running");
            files.put("environments/test/policy.yaml", """
                    apiVersion: sluice/v1
                    kind: Policy
                    needApproval: [start]
                    """);
        });
        world.await("it waits for approval", board -> isHeld(board, Reason.NeedsAllowance, ""));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void anApprovedPlanIsCarriedOutWhileItStands() throws Exception {
        approve(wish());

        world.awaitStable("orders", 2);
        assertEquals(List.of(), outdated());
    }

    @Test
    void aPlanWhoseBasisChangedSaysWhatChangedAndNeedsAnApprovalOfItsOwn() throws Exception {
        world.cluster("main").killJobManager();
        world.awaitLooks(2);
        approve(wish());
        world.await("it is made anew", board -> isHeld(board, Reason.NeedsAllowance, "made anew"));
        List<String> outdated = outdated();
        String anew = anew();

        world.restart();
        world.await("it is held", board -> isHeld(board, Reason.NeedsAllowance, anew));
        world.awaitLooks(2);
        assertEquals(1, world.job("orders").record().attempt());

        approve(anew);
        world.awaitStable("orders", 2);
        assertEquals(
                List.of("the plan no longer stands and was made anew as " + anew
                        + ": the cluster shows UNLISTED, planned was FINISHED"),
                outdated);
        assertEquals(outdated, outdated());
        assertEquals(
                List.of(Optional.of(anew)),
                world.steps("orders").stream()
                        .filter(step ->
                                step.step() instanceof Step.Start start && start.attempt() == 2)
                        .map(step -> step.motive().plan())
                        .distinct()
                        .toList());
    }

    private void approve(String plan) throws Exception {
        world.commit(files -> files.put("environments/test/allowances.yaml", """
                apiVersion: sluice/v1
                kind: Allowances
                allowances:
                  - {plan: "%s", kind: approval, reason: looked at, expires: 2999-01-01}
                """.formatted(plan)));
    }

    private static void state(TreeMap<String, String> files, String old, String next) {
        files.computeIfPresent(
                JobFiles.yaml("orders"),
                (name, text) -> text.replace("state: " + old, "state: " + next));
    }

    private String wish() {
        return world.job("orders").wanted().orElseThrow().plan();
    }

    private String anew() {
        Matcher matcher = ANEW.matcher(world.job("orders").holds().toString());
        assertTrue(matcher.find(), () -> world.job("orders").holds().toString());
        return matcher.group(1);
    }

    private List<String> outdated() {
        return world.events(Reason.PlanOutdated);
    }

    private static boolean isHeld(Board board, Reason reason, String word) {
        return board.job(JobFiles.key("orders")).stream()
                .flatMap(job -> job.holds().stream())
                .filter(hold -> hold.reason() == reason)
                .map(Hold::text)
                .anyMatch(text -> text.contains(word));
    }
}
