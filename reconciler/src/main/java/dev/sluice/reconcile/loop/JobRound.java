// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Decision;
import dev.sluice.plan.Desired;
import dev.sluice.plan.Hold;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Reason;
import dev.sluice.plan.Step;
import dev.sluice.plan.Surroundings;
import dev.sluice.reconcile.journal.FencingToken;
import dev.sluice.reconcile.journal.JournalException;
import dev.sluice.reconcile.journal.JournalException.Problem;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job's part of the loop: decide, admit, intend, act; later, record. Whatever goes wrong with one
 * job is that job's trouble: it pauses, and the others go on.
 */
final class JobRound {
    private static final Logger LOG = LoggerFactory.getLogger(JobRound.class);

    private final Planner planner;
    private final GuardRails rails;
    private final Fleet fleet;
    private final Workers workers;
    private final Turnstiles turnstiles;
    private final Counts counts;
    private final Owners owners;
    private final Plans plans;

    JobRound(
            Planner planner,
            GuardRails rails,
            Owners owners,
            Plans plans,
            Fleet fleet,
            Workers workers,
            Turnstiles turnstiles,
            Counts counts) {
        this.owners = requireNonNull(owners, "owners is null");
        this.plans = requireNonNull(plans, "plans is null");
        this.planner = requireNonNull(planner, "planner is null");
        this.rails = requireNonNull(rails, "rails is null");
        this.fleet = requireNonNull(fleet, "fleet is null");
        this.workers = requireNonNull(workers, "workers is null");
        this.turnstiles = requireNonNull(turnstiles, "turnstiles is null");
        this.counts = requireNonNull(counts, "counts is null");
    }

    /** Decides for each due job, admits what may begin, and acts job by job. */
    void play(List<Desk> due, FencingToken token, Instant now) {
        turnstiles.overdue(now).forEach(this::giveUpWaiting);
        SortedMap<JobKey, Decision> decisions = new TreeMap<>();
        for (Desk desk : due) {
            guarded(desk, now, () -> {
                Decision decision = decide(desk, now);
                plans.recall(desk, decision);
                decisions.put(desk.key(), decision);
            });
        }
        Verdicts verdicts = new Verdicts(fleet.desks(), decisions, now)
                .admit((decided, meanwhile) ->
                        rails.holds(fleet.desks(), decided, meanwhile, plans::anew, now))
                .careFor(desk -> meanwhile(desk, now));
        SortedMap<JobKey, Hold> foreign = owners.holds(due, verdicts.decisions());
        for (Desk desk : due) {
            Optional.ofNullable(decisions.get(desk.key()))
                    .ifPresent(decision -> guarded(desk, now, () -> {
                        Optional<Hold> waits = Optional.ofNullable(foreign.get(desk.key()))
                                .or(() -> outdated(desk, decision, verdicts, now));
                        Decision admitted = waits.map(
                                        hold -> Verdicts.heldBack(desk, decision, hold, now))
                                .orElseGet(() -> verdicts.of(desk));
                        act(desk, admitted, token, now);
                    }));
            fleet.publish(desk);
        }
    }

    /** What is done for a job whose wish waits; nothing when even that goes wrong. */
    private Optional<Decision> meanwhile(Desk desk, Instant now) {
        Desired wanted = desk.wanted().orElseThrow();
        List<Decision> found = new ArrayList<>();
        guarded(
                desk,
                now,
                () -> planner.meanwhile(
                                wanted,
                                desk.record(),
                                desk.observed(),
                                around(desk, wanted, now),
                                now)
                        .ifPresent(found::add));
        return found.stream().findFirst();
    }

    private Decision decide(Desk desk, Instant now) {
        long began = System.nanoTime();
        desk.deciding();
        Desired wanted = desk.wanted().orElseThrow();
        Decision decision = planner.decide(
                wanted, desk.record(), desk.observed(), around(desk, wanted, now), now);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        counts.decided(decision.reason().name(), took, now);
        return decision;
    }

    private Surroundings around(Desk desk, Desired wanted, Instant now) {
        return fleet.surroundings(desk, owners::adoption, rails.of(desk.key(), wanted, now));
    }

    /** What may begin is looked at once more: it begins by a plan that still stands, or not yet. */
    private Optional<Hold> outdated(Desk desk, Decision decision, Verdicts verdicts, Instant now) {
        Surroundings around = around(desk, desk.wanted().orElseThrow(), now);
        return plans.outdated(desk, decision, around, !verdicts.isHeld(desk), now);
    }

    /**
     * The intent is in the journal before a worker gets the step. A cluster that is asked too much
     * already is asked later, and then for what is right by then.
     */
    private void act(Desk desk, Decision decision, FencingToken token, Instant now) {
        if (decision.step().isEmpty()) {
            fleet.remember(desk, decision, token, now);
            desk.decided(decision);
            return;
        }
        Step step = decision.step().get();
        Turnstile turnstile = turnstiles.of(step.cluster());
        Optional<Turnstile.Pause> pause =
                turnstile.pause(desk.key(), desk.open().isPresent(), now);
        if (pause.isPresent()) {
            pause.get()
                    .hold()
                    .ifPresent(hold -> desk.decided(Verdicts.heldBack(desk, decision, hold, now)));
            desk.waitUntil(pause.get().until());
            return;
        }
        OpenStep open = fleet.intend(desk, decision, token, now);
        desk.decided(decision);
        desk.begin(open);
        turnstile.enter(desk.key(), now, now.plus(step.accept(Deadline.OF_STEP)));
        workers.perform(desk.key(), open, token);
    }

    /** A call that is overdue is interrupted; until it comes back its job waits, and only its job. */
    private void giveUpWaiting(Turnstile.Call call) {
        LOG.warn("call overdue, interrupted job={} since={}", call.job().display(), call.since());
        workers.interrupt(call.job());
        Desk desk = fleet.desk(call.job());
        desk.hangs(new Hold(
                Reason.ClusterUnknown,
                "a call to the cluster has not come back since " + call.since()));
        fleet.publish(desk);
    }

    /** Stores what came of a step, and what it means. */
    void record(Desk desk, Step step, Outcome outcome, Instant now) {
        leave(turnstiles.of(step.cluster()), desk.key(), step, outcome, now);
        boolean isTaken = guarded(desk, now, () -> {
            JobRecord next = desk.isOvertaken()
                    ? desk.record()
                    : planner.absorb(desk.record(), step, outcome, now);
            counts.ended(step, outcome, desk.stepTook(now));
            fleet.record(desk, next, outcome, now);
        });
        if (isTaken) {
            desk.ended(outcome, now);
        } else {
            desk.cutOff();
        }
        fleet.publish(desk);
    }

    /** A proof takes several answers, and until the last it is unknown: that is no silence. */
    private static void leave(
            Turnstile turnstile, JobKey job, Step step, Outcome outcome, Instant now) {
        boolean isUnknown = outcome instanceof Outcome.Unknown;
        if (isUnknown && step instanceof Step.ProveAbsent) {
            turnstile.left(job);
        } else {
            turnstile.left(job, !isUnknown, now);
        }
    }

    /**
     * The one place that catches everything: our own mistake with one job must not stop the rest.
     *
     * @return false when it went wrong; the job is then set back
     */
    private boolean guarded(Desk desk, Instant now, Runnable work) {
        try {
            work.run();
            return true;
        } catch (JournalException e) {
            LOG.error("not stored job={} cause={}", desk.key().display(), e.getMessage());
            desk.setBack(now);
            if (e.problem() == Problem.STALE || e.problem() == Problem.LEASE_LOST) {
                fleet.refresh(desk);
            }
        } catch (RuntimeException e) {
            LOG.error("job cannot be looked after job={}", desk.key().display(), e);
            desk.setBack(now);
        }
        return false;
    }
}
