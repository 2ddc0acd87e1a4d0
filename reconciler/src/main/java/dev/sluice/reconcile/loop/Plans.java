// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Decision;
import dev.sluice.plan.Desired;
import dev.sluice.plan.Hold;
import dev.sluice.plan.JobPlan;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Projection;
import dev.sluice.plan.Reason;
import dev.sluice.plan.Step;
import dev.sluice.plan.Surroundings;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.journal.JournalJson;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Observed;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plans of the followed commits, job by job. A job's plan is stored with its basis when its wish
 * could first be carried out, and before that when the planner itself holds it; before the first effect the basis is taken again, and where it is
 * another the plan is made anew and people are told which assumption no longer holds.
 *
 * <p>What is done is the planner's decision in any case. A plan counts for approvals: one that was
 * made anew has an id of its own, and what was approved before is not approved for it.
 */
final class Plans {
    private static final Logger LOG = LoggerFactory.getLogger(Plans.class);

    private final Journal journal;
    private final JournalJson json = new JournalJson();
    private final Projection projection = new Projection(new Planner());
    private final Map<JobKey, StandingPlan> standing = new HashMap<>();

    Plans(Journal journal) {
        this.journal = requireNonNull(journal, "journal is null");
    }

    /** Remembers the plan that a controller before this one made, when it is about to count. */
    void recall(Desk desk, Decision decision) {
        boolean isKnown = Optional.ofNullable(standing.get(desk.key()))
                .filter(plan -> plan.isOf(desk.wanted().orElseThrow()))
                .isPresent();
        if (!isKnown && (begins(desk, decision) || isHeld(desk, decision))) {
            standing.remove(desk.key());
            StandingPlan.newest(journal, desk.key())
                    .filter(plan -> plan.isOf(desk.wanted().orElseThrow()))
                    .ifPresent(plan -> standing.put(desk.key(), plan));
        }
    }

    /**
     * Why a decision may not be carried out: its plan no longer stands. By the next round it does.
     *
     * @param mayBegin nothing else keeps the job from beginning now
     */
    Optional<Hold> outdated(
            Desk desk, Decision decision, Surroundings around, boolean mayBegin, Instant now) {
        StandingPlan known = standing.get(desk.key());
        boolean begins = begins(desk, decision);
        boolean isFirst = known == null || known.held();
        boolean isToKeep = begins ? isFirst || mayBegin : known == null && isHeld(desk, decision);
        if (!isToKeep) {
            return Optional.empty();
        }
        Desired wanted = desk.wanted().orElseThrow();
        JobPlan present = projection
                .project(wanted, desk.record(), desk.observed(), around, now)
                .plan();
        if (isFirst) {
            StandingPlan plan = begins
                    ? StandingPlan.first(wanted, present)
                    : StandingPlan.held(wanted, present);
            keep(desk, plan, now);
            return Optional.empty();
        }
        List<String> changes = known.basis().changedTo(present.basis());
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        StandingPlan next = StandingPlan.anew(wanted, present, known);
        keep(desk, next, now);
        String text = "the plan no longer stands and was made anew as " + next.id() + ": "
                + String.join("; ", changes);
        LOG.info("plan made anew job={} plan={}: {}", desk.key().display(), next.id(), changes);
        return Optional.of(new Hold(Reason.PlanOutdated, text));
    }

    /** Ids of the plans that were made anew and still stand, by job. */
    SortedMap<JobKey, String> anew(SortedMap<JobKey, Desired> wishes) {
        SortedMap<JobKey, String> ids = new TreeMap<>();
        wishes.forEach((key, wish) -> Optional.ofNullable(standing.get(key))
                .filter(plan -> plan.isAnew() && plan.isOf(wish))
                .ifPresent(plan -> ids.put(key, plan.id())));
        return ids;
    }

    private void keep(Desk desk, StandingPlan plan, Instant now) {
        String text = json.encode(plan).text();
        journal.planned(plan.place(desk.key()), plan.commit(), text, now);
        standing.put(desk.key(), plan);
    }

    /** The planner itself lets nothing begin for a wish that is not in force. */
    private static boolean isHeld(Desk desk, Decision decision) {
        Phase phase = phase(desk);
        boolean isAtRest = phase instanceof Phase.Absent
                || phase instanceof Phase.Suspended
                || phase instanceof Phase.Finished
                || phase instanceof Phase.Stable
                || phase instanceof Phase.Verifying;
        return isAtRest
                && !isInForce(desk)
                && decision.step().isEmpty()
                && !decision.holds().isEmpty()
                && !(desk.observed() instanceof Observed.Unknown);
    }

    /** The decision would be the first effect for this wish, or one of the first. */
    private static boolean begins(Desk desk, Decision decision) {
        if (decision.step().isEmpty()) {
            return false;
        }
        Step step = decision.step().get();
        Phase phase = phase(desk);
        if (phase instanceof Phase.Absent || phase instanceof Phase.Suspended) {
            return true;
        }
        boolean isUp = phase instanceof Phase.Stable || phase instanceof Phase.Verifying;
        boolean isLook = step instanceof Step.ProveAbsent || step instanceof Step.DiscoverState;
        return !isInForce(desk) && (phase instanceof Phase.Finished || isUp && !isLook);
    }

    private static Phase phase(Desk desk) {
        return desk.record().phase() instanceof Phase.Staging staging
                ? staging.before()
                : desk.record().phase();
    }

    private static boolean isInForce(Desk desk) {
        return desk.record()
                .deployed()
                .map(job -> job.digest().brief())
                .filter(desk.wanted().orElseThrow().plan()::equals)
                .isPresent();
    }
}
