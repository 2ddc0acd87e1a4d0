// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.Outcome;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Commits, failures, lost answers and crashes at random: never two attempts, never less state than
 * the newest, and in the end what git wants or a reason why not. {@code -Dwalk.seeds} walks further.
 */
class RandomWalkTest {
    private static final int CHAOS = 150;
    private static final int CALM = 250;

    private final Planner planner = new Planner();

    @Test
    void noWalkStartsTwiceOrLosesState() {
        int stable = 0;
        int seeds = Integer.getInteger("walk.seeds", 500);
        for (int seed = 0; seed < seeds; seed++) {
            try {
                stable += isStable(walk(seed)) ? 1 : 0;
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        assertTrue(stable > seeds / 2, "only " + stable + " of " + seeds + " walks became stable");
    }

    private static boolean isStable(JobRecord record) {
        return record.phase() instanceof Phase.Stable;
    }

    private JobRecord walk(int seed) {
        Random random = new Random(seed);
        World world = new World(seed);
        JobRecord record = JobRecord.fresh(Specs.ORDERS);
        Desired desired = commit(random, 1, true);
        for (int tick = 0; tick < CHAOS; tick++) {
            if (random.nextInt(15) == 0) {
                desired = random.nextInt(6) == 0
                        ? new Desired.Removed(Specs.commit(tick + 2))
                        : commit(random, tick + 2, random.nextInt(4) != 0);
            }
            record = tick(world, desired, record, random.nextInt(8) == 0);
            world.pass(1 + random.nextInt(40));
        }
        world.calm();
        desired = commit(random, CHAOS + 2, true);
        for (int tick = 0; tick < CALM; tick++) {
            record = tick(world, desired, record, false);
            world.pass(10);
        }
        ended(record, desired);
        return record;
    }

    private JobRecord tick(World world, Desired desired, JobRecord record, boolean crashes) {
        Observed seen = world.observe(record);
        Decision decision = planner.decide(desired, record, seen, world.now());
        assertEquals(
                planner.considered(desired, record, seen, Surroundings.QUIET, world.now()),
                decision);
        assertStarts(record, decision);
        assertSettles(world, desired, decision, world.now());
        if (decision.step().isEmpty()) {
            return decision.next();
        }
        Outcome outcome = world.perform(decision.step().get());
        return crashes
                ? decision.next()
                : planner.absorb(decision.next(), decision.step().get(), outcome, world.now());
    }

    /** Deciding again and again without anything new comes to rest or to a step. */
    private void assertSettles(World world, Desired desired, Decision first, Instant now) {
        Observed seen = world.lastSeen();
        Decision decision = first;
        for (int round = 0; decision.step().isEmpty(); round++) {
            assertTrue(round < 5, "no rest: " + decision);
            Decision next = planner.decide(desired, decision.next(), seen, now);
            if (next.next() == decision.next()) {
                return;
            }
            decision = next;
        }
    }

    /** A start is stored before it is made, and its number is new unless no cluster took it. */
    private static void assertStarts(JobRecord before, Decision decision) {
        Optional<Step.Start> start =
                decision.step().filter(Step.Start.class::isInstance).map(Step.Start.class::cast);
        start.ifPresent(step -> {
            boolean isAgain = before.deployed().filter(step.target()::isSameAs).isPresent();
            boolean mayRepeat = before.phase() instanceof Phase.Starting
                    || isAgain && before.notes().untaken();
            int more = step.attempt() - before.attempt();
            assertTrue(more == 1 || more == 0 && mayRepeat, () -> before + " to " + step);
            assertEquals(decision.next().attempt(), step.attempt());
            assertEquals(decision.next().currentId(), Optional.of(step.id()));
        });
    }

    private static void ended(JobRecord record, Desired desired) {
        boolean isHeld = record.phase() instanceof Phase.Blocked
                || record.notes().refused().isPresent();
        boolean isDone = isStable(record)
                && record.deployed()
                        .map(EffectiveJob::digest)
                        .equals(Optional.of(((Desired.Specified) desired).job().digest()));
        assertTrue(isDone || isHeld, "ended in " + record.phase());
    }

    private static Desired commit(Random random, int number, boolean runs) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("sql", "v" + random.nextInt(1_000));
        settings.put("state", runs ? "running" : "suspended");
        settings.put("maxStateAge", "PT10H");
        settings.put("restarts", "100");
        settings.put("onBadUpgrade", random.nextBoolean() ? "HOLD" : "ROLLBACK");
        settings.put("onSavepointFailure", random.nextBoolean() ? "HOLD" : "LAST_CHECKPOINT");
        return new Desired.Specified(Specs.commit(number), Specs.job(number, Specs.spec(settings)));
    }
}
