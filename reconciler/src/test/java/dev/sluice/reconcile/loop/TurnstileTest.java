// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.Hold;
import dev.sluice.plan.Reason;
import dev.sluice.spec.JobKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How much one cluster is asked, by counts in virtual time. */
class TurnstileTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final Turnstile.Limits LIMITS =
            new Turnstile.Limits(100, 10, 20, 3, Duration.ofSeconds(1), Duration.ofSeconds(4));

    private final Turnstile turnstile = new Turnstile("main", LIMITS);
    private Instant now = START;

    @Test
    void inTheLongRunACallASecondIsMadeForEachUnitOfTheRate() {
        int calls = 0;
        for (int tick = 0; tick < 10_000; tick++) {
            now = START.plusMillis(10L * tick);
            if (tries("job" + tick, false)) {
                leaves("job" + tick, true);
                calls++;
            }
        }

        assertEquals(100 * 10 + 20, calls, 1);
    }

    @Test
    void asManyAsTheBurstGoTogetherAfterAQuietTime() {
        int calls = 0;
        while (tries("job" + calls, false)) {
            calls++;
        }

        assertEquals(20, calls);
    }

    @Test
    void whoAsksAgainLeavesRoomForWhoAsksForTheFirstTime() {
        int again = 0;
        while (tries("again" + again, true)) {
            again++;
        }
        int first = 0;
        while (tries("first" + first, false)) {
            first++;
        }

        assertEquals(10, again);
        assertEquals(10, first);
    }

    @Test
    void thePauseOfOneThatMustWaitIsRightToTheInstant() {
        while (tries("again", true)) {
            leaves("again", true);
        }
        Instant until = turnstile
                .pause(key("again"), true, now)
                .map(Turnstile.Pause::until)
                .orElseThrow();

        now = until.minusNanos(1_000_000);
        assertFalse(tries("again", true));
        now = until;
        assertTrue(tries("again", true));
    }

    @Test
    void onlySoManyCallsAreUnderWayAndOneThatLeavesMakesRoom() {
        Turnstile narrow = new Turnstile(
                "main", new Turnstile.Limits(2, 1000, 1000, 3, Duration.ofSeconds(1), DEADLINE));
        narrow.enter(key("a"), now, now.plus(DEADLINE));
        narrow.enter(key("b"), now, now.plus(DEADLINE));

        assertTrue(narrow.pause(key("c"), false, now).isPresent());
        narrow.left(key("a"), true, now);
        assertEquals(Optional.empty(), narrow.pause(key("c"), false, now));
    }

    @Test
    void anOverdueCallIsToldOnceAndItsPlaceIsFree() {
        tries("a", false);
        now = now.plus(DEADLINE);

        assertEquals(
                List.of(key("a")),
                turnstile.overdue(now).stream().map(Turnstile.Call::job).toList());
        assertEquals(List.of(), turnstile.overdue(now));
    }

    @Test
    void jobsWithoutAnswerWaitForAProbeAndTheOthersDoNot() {
        failInTurn("a", "b", "c");

        Optional<Hold> hold =
                turnstile.pause(key("b"), false, now).orElseThrow().hold();

        assertEquals(Reason.ClusterUnknown, hold.orElseThrow().reason());
        assertEquals(Optional.empty(), turnstile.pause(key("healthy"), false, now));
    }

    @Test
    void oneJobThatFailsForEverOpensNoCircuit() {
        for (int time = 0; time < 100; time++) {
            now = now.plusSeconds(1);
            assertTrue(tries("a", false));
            leaves("a", false);
        }
    }

    @Test
    void probesComeFurtherApartAndAnAnswerLetsEveryoneIn() {
        failInTurn("a", "b", "c");
        int probes = 0;
        for (int second = 1; second <= 60; second++) {
            now = START.plusSeconds(second);
            for (String job : List.of("a", "b", "c")) {
                if (tries(job, false)) {
                    leaves(job, false);
                    probes++;
                }
            }
        }
        assertTrue(probes >= 60 / 4 && probes <= 60 / 4 + 2, "probes: " + probes);

        now = now.plusSeconds(4);
        assertTrue(tries("a", false));
        leaves("a", true);

        assertTrue(tries("b", false));
        assertTrue(tries("c", false));
    }

    @Test
    void twoHundredJobsThatWaitForSavepointsLeaveAQuickDeploymentItsCalls() {
        Turnstile busy = new Turnstile("main", Turnstile.Limits.DEFAULT);
        int polls = 0;
        int quick = 0;
        Duration longest = Duration.ZERO;
        for (int tick = 0; tick < 6_000; tick++) {
            now = START.plusMillis(10L * tick);
            for (int job = 0; job < 200; job++) {
                polls += calls(busy, "slow" + job, true);
            }
            if (tick % 100 == 0) {
                Duration wait = busy.pause(key("quick"), false, now)
                        .map(pause -> Duration.between(now, pause.until()))
                        .orElse(Duration.ZERO);
                longest = wait.compareTo(longest) > 0 ? wait : longest;
                quick += calls(busy, "quick", false);
            }
        }

        assertEquals(Duration.ZERO, longest);
        assertEquals(60, quick);
        assertEquals(60 * 50, polls, 100);
    }

    private int calls(Turnstile asked, String job, boolean isAgain) {
        if (asked.pause(key(job), isAgain, now).isPresent()) {
            return 0;
        }
        asked.enter(key(job), now, now.plus(DEADLINE));
        asked.left(key(job), true, now);
        return 1;
    }

    private void failInTurn(String... jobs) {
        for (String job : jobs) {
            assertTrue(tries(job, false));
            leaves(job, false);
        }
    }

    private boolean tries(String job, boolean isAgain) {
        if (turnstile.pause(key(job), isAgain, now).isPresent()) {
            return false;
        }
        turnstile.enter(key(job), now, now.plus(DEADLINE));
        return true;
    }

    private void leaves(String job, boolean isAnswered) {
        turnstile.left(key(job), isAnswered, now);
    }

    private static JobKey key(String name) {
        return new JobKey("shop", "test", "payments", name);
    }
}
