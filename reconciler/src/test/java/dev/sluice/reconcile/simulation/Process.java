// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.plan.Adoptable;
import dev.sluice.plan.Allowance;
import dev.sluice.plan.Course;
import dev.sluice.plan.Decision;
import dev.sluice.plan.Hold;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Step;
import dev.sluice.plan.Surroundings;
import dev.sluice.reconcile.loop.LoopDesk;
import dev.sluice.reconcile.loop.LoopHouse;
import dev.sluice.reconcile.simulation.ModelJournal.Lease;
import dev.sluice.reconcile.simulation.ModelJournal.Refused;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One controller: the loop without its threads, with the loop's own desks. It can die or stand still
 * at every point where something durable or visible is about to happen or has just happened.
 */
final class Process {
    /** Where a process can be struck. */
    enum Point {
        BEFORE_INTENT,
        AFTER_INTENT,
        AFTER_CHECK,
        AFTER_EFFECT,
        AFTER_OUTCOME
    }

    /** What strikes it there. */
    record Blow(Point point, boolean isDeath, int seconds) {}

    private final String name;
    private final World world;
    private final Bend bend;
    private final Planner planner = new Planner();
    private final TreeMap<JobKey, LoopDesk> desks = new TreeMap<>();
    private final Map<JobKey, JobRecord> known = new HashMap<>();
    private final TreeMap<JobKey, Flight> flights = new TreeMap<>();
    private final Map<String, ModelDriver> drivers = new HashMap<>();
    private final List<Eyes> eyes = new ArrayList<>();
    private LoopHouse house;
    private Optional<Blow> blow = Optional.empty();
    private Optional<Lease> lease = Optional.empty();
    private boolean isDead = true;
    private Instant sleepsUntil = Instant.MIN;
    private int lateness;
    private int gitVersion;
    private int boots;

    Process(String name, World world, Bend bend) {
        this.name = name;
        this.world = world;
        this.bend = bend;
        this.house = world.house();
    }

    void strike(Blow next) {
        blow = Optional.of(next);
    }

    void lookLate(int seconds) {
        lateness = seconds;
    }

    /** Nothing strikes any more. */
    void calm() {
        blow = Optional.empty();
        lateness = 0;
        sleepsUntil = Instant.MIN;
    }

    void tick() {
        Instant now = world.now();
        if (now.isBefore(sleepsUntil)) {
            return;
        }
        if (isDead) {
            boot(now);
        }
        for (Flight flight : List.copyOf(flights.values())) {
            if (!carry(flight)) {
                return;
            }
        }
        Optional<Lease> held = lead(now);
        read();
        look(now);
        boolean isBusy = bend.callsOneAtATime() && !flights.isEmpty();
        if (held.isPresent() && !isBusy) {
            house.ring();
            if (world.estate().isStrict()) {
                world.estate().environment(world.git().approvals()).ifPresent(house::adopt);
            }
            round(held.get().token(), now);
        }
    }

    private void boot(Instant now) {
        isDead = false;
        boots++;
        gitVersion = -1;
        desks.clear();
        known.clear();
        flights.clear();
        lease = Optional.empty();
        eyes.clear();
        for (String cluster : world.estate().clusters()) {
            ModelDriver driver = world.driver(cluster, bend);
            drivers.put(cluster, driver);
            eyes.add(new Eyes(cluster, driver, now));
        }
        house = world.house();
        load(now);
    }

    private void load(Instant now) {
        for (JobRecord stored : world.journal().records()) {
            JobRecord record = bend.loaded(stored);
            known.put(record.key(), stored);
            LoopDesk desk = desks.get(record.key());
            if (desk == null) {
                desks.put(record.key(), LoopDesk.remembered(record, world.git().head(), now));
            } else {
                desk.remember(record);
            }
        }
    }

    /** The lease, as the lease keeper asks for it: renewed early, and a new one means a new look. */
    private Optional<Lease> lead(Instant now) {
        Optional<Lease> held = lease.filter(mine -> now.isBefore(mine.until()));
        if (held.isEmpty()) {
            lease = world.journal().acquire(name + boots, now);
            lease.ifPresent(mine -> load(now));
        } else if (!now.isBefore(held.get().until().minusSeconds(10))) {
            lease = world.journal().renew(held.get(), now);
        }
        return lease;
    }

    private void read() {
        if (gitVersion == world.git().version()) {
            return;
        }
        gitVersion = world.git().version();
        world.git()
                .wishes()
                .forEach((key, wish) -> desks.computeIfAbsent(
                                key, unused -> LoopDesk.fresh(key, world.now()))
                        .want(wish));
        house.follow(desks.values());
    }

    private void look(Instant now) {
        boolean hasLooked = false;
        for (Eyes each : eyes) {
            hasLooked |= each.look(desks.values(), lateness, now);
        }
        lateness = hasLooked ? 0 : lateness;
        eyes.forEach(each -> each.tell(desks.values(), bend, now));
    }

    /** Decides for all that are due, asks admission, and acts job by job until it is struck. */
    private void round(long token, Instant now) {
        TreeMap<JobKey, Decision> decisions = new TreeMap<>();
        for (LoopDesk desk : desks.values()) {
            if (desk.isDue(now)) {
                decisions.put(desk.record().key(), decide(desk, now));
            }
        }
        SortedMap<JobKey, Decision> verdicts =
                house.verdicts(desks, decisions, this::bent, desk -> meanwhile(desk, now), now);
        for (Map.Entry<JobKey, Decision> verdict : verdicts.entrySet()) {
            if (!act(desks.get(verdict.getKey()), verdict.getValue(), token)) {
                return;
            }
        }
    }

    private SortedMap<JobKey, Hold> bent(SortedMap<JobKey, Hold> holds) {
        TreeMap<JobKey, Hold> left = new TreeMap<>(bend.held(holds));
        left.keySet()
                .removeIf(key -> bend.admitsWhatFailed()
                        && Course.isDown(desks.get(key).record().phase()));
        return left;
    }

    private Optional<Decision> meanwhile(LoopDesk desk, Instant now) {
        return planner.meanwhile(
                desk.wanted(), desk.record(), desk.observed(), around(desk, now), now);
    }

    private Decision decide(LoopDesk desk, Instant now) {
        JobRecord record = desk.record();
        Decision decision = bend.decided(
                record,
                planner.decide(desk.wanted(), record, desk.observed(), around(desk, now), now));
        world.invariants().decided(record, desk.observed(), decision);
        return decision;
    }

    private Surroundings around(LoopDesk desk, Instant now) {
        return new Surroundings(
                bend.due(desk.due(), now),
                Optional.empty(),
                new Adoptable.Unseen(),
                List.of(Allowance.EMPTY_START),
                Surroundings.QUIET.headroom());
    }

    private boolean act(LoopDesk desk, Decision decision, long token) {
        JobRecord record = desk.record();
        if (decision.step().isPresent()) {
            Flight next = new Flight(record.key(), decision, token);
            flights.put(record.key(), next);
            return carry(next);
        }
        boolean isNews = !decision.next().equals(record) || desk.saysAnew(decision);
        if (isNews && !isStored(record.key(), token, decision)) {
            return true;
        }
        if (isNews) {
            world.say(() -> name + " " + record.key().name() + " " + words(decision));
        }
        desk.rested(decision);
        return true;
    }

    private boolean isStored(JobKey key, long token, Decision decision) {
        Refused refused = world.journal()
                .store(token, Optional.ofNullable(known.get(key)), decision.next(), world.now());
        if (refused == Refused.NO) {
            known.put(key, decision.next());
            return true;
        }
        world.say(() -> name + " " + key.name() + " may not write: " + refused);
        LoopDesk desk = desks.get(key);
        desk.setBack(world.now());
        if (refused == Refused.STALE) {
            reread(key);
        }
        return false;
    }

    private void reread(JobKey key) {
        JobRecord stored = world.journal().record(key).orElseThrow();
        known.put(key, stored);
        desks.get(key).remember(stored);
    }

    /** Takes a step as far as it goes; false when the process was struck on the way. */
    private boolean carry(Flight step) {
        while (step.stage != Flight.Stage.RECORDED) {
            if (step.hangs(world.now())) {
                return true;
            }
            if (isStruck(Point.values()[step.stage.ordinal()])) {
                return false;
            }
            if (step.stage == Flight.Stage.DECIDED && !isIntended(step)) {
                flights.remove(step.key);
                return true;
            }
            advance(step);
        }
        flights.remove(step.key);
        return !isStruck(Point.AFTER_OUTCOME);
    }

    private boolean isIntended(Flight step) {
        if (bend.actsBeforeIntent()) {
            step.outcome = Optional.of(LoopDesk.perform(driver(step), step.step()));
        }
        LoopDesk desk = desks.get(step.key);
        JobRecord before = desk.record();
        if (!isStored(step.key, step.token, step.decision)) {
            return false;
        }
        world.watch().begins(desk.wanted(), before, step.decision, world.now());
        step.intent = world.journal().intend(step.token, step.key, step.step());
        world.invariants().honours(step.step());
        desk.begin(step.intent, step.decision, world.now());
        return true;
    }

    private void advance(Flight step) {
        switch (step.stage) {
            case DECIDED -> step.stage = Flight.Stage.INTENDED;
            case INTENDED -> step.stage = Flight.Stage.CHECKED;
            case CHECKED -> {
                if (step.outcome.isEmpty()) {
                    step.outcome = Optional.of(bend.answered(step.step(), performed(step)));
                    step.backAt = world.now().plusSeconds(world.hangs(step.key));
                }
                step.stage = Flight.Stage.ANSWERED;
            }
            case ANSWERED -> {
                record(step, step.outcome.orElseThrow());
                step.stage = Flight.Stage.RECORDED;
            }
            case RECORDED -> throw new IllegalStateException("the step has ended");
        }
    }

    private ModelDriver driver(Flight step) {
        return drivers.get(step.step().cluster());
    }

    private Outcome performed(Flight step) {
        boolean isMine = lease.filter(
                        mine -> mine.token() == step.token && world.now().isBefore(mine.until()))
                .isPresent();
        return isMine
                ? LoopDesk.perform(driver(step), step.step())
                : new Outcome.Unknown("the lease ended before the step began");
    }

    private void record(Flight step, Outcome outcome) {
        LoopDesk desk = desks.get(step.key);
        JobRecord next = desk.isOvertaken()
                ? desk.record()
                : planner.absorb(desk.record(), step.step(), outcome, world.now());
        world.say(() -> name + " " + step.key.name() + " " + words(step.decision) + " -> " + outcome
                + " -> " + next.phase().word());
        desk.ended(next, outcome, world.now());
        if (world.journal().complete(step.intent, next)) {
            known.put(step.key, world.journal().record(step.key).orElseThrow());
        } else {
            reread(step.key);
        }
    }

    private boolean isStruck(Point point) {
        Optional<Blow> due = blow.filter(next -> next.point() == point);
        if (due.isEmpty()) {
            return false;
        }
        blow = Optional.empty();
        world.say(() -> name + " " + (due.get().isDeath() ? "dies" : "stands still") + " " + point
                + " for " + due.get().seconds() + " s");
        isDead = due.get().isDeath();
        sleepsUntil = world.now().plusSeconds(due.get().seconds());
        return true;
    }

    private static String words(Decision decision) {
        String step = decision.step()
                .map(known -> " does " + known.getClass().getSimpleName()
                        + (known instanceof Step.Start start ? " from " + start.from() : ""))
                .orElse("");
        return decision.next().phase().word() + " " + decision.next().attempt() + " "
                + decision.reason() + step;
    }
}
