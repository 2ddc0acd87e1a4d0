// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.Digest;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.Outcome;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides what happens to one job. Pure: equal arguments give equal answers, and nothing else is
 * looked at.
 *
 * <p>How it is used: store {@link Decision#next} with the step's intent, perform the step, store what
 * {@link #absorb} makes of the outcome. After a crash in between the stored record is in a middle
 * phase and the very same step comes out again, with the same ids.
 */
public final class Planner {
    /** The same for a job without schedule, predecessor, adoption or allowances. */
    public Decision decide(Desired desired, JobRecord record, Observed observed, Instant now) {
        return decide(desired, record, observed, Surroundings.QUIET, now);
    }

    /**
     * What to do for one job now. Level-triggered: it depends on nothing but its arguments, so a tick,
     * a restart and a lost answer lead the same way.
     */
    public Decision decide(
            Desired desired,
            JobRecord record,
            Observed observed,
            Surroundings surroundings,
            Instant now) {
        return Settled.isSettled(desired, record, observed)
                ? Decision.rest(record, Reason.Stable)
                : considered(desired, record, observed, surroundings, now);
    }

    /** The same by all rules, also for a job that is settled. */
    Decision considered(
            Desired desired,
            JobRecord record,
            Observed observed,
            Surroundings surroundings,
            Instant now) {
        JobRecord unwrapped = unwrapped(record);
        Situation situation = Situation.of(
                desired, renewed(unwrapped, desired), observed, surroundings, staging(record), now);
        return begun(decide(record, situation), unwrapped, desired);
    }

    /**
     * What to do for one job while what git wants of it must wait: as if git asked for the spec in
     * force, but what was tried for the wish stays remembered. Empty where git asks for nothing else,
     * and where nothing is meant to run that would have to be looked after.
     *
     * @param waiting what git wants
     */
    public Optional<Decision> meanwhile(
            Desired waiting,
            JobRecord record,
            Observed observed,
            Surroundings surroundings,
            Instant now) {
        JobRecord unwrapped = unwrapped(record);
        boolean isMeantToRun = Course.isDown(unwrapped.phase())
                || unwrapped.phase() instanceof Phase.Verifying
                || unwrapped.phase() instanceof Phase.Stable;
        return unwrapped
                .deployed()
                .filter(job -> isMeantToRun && !job.digest().brief().equals(waiting.plan()))
                .map(job -> Situation.of(
                        new Desired.Specified(job.commit(), job),
                        unwrapped,
                        observed,
                        surroundings,
                        staging(record),
                        now))
                .map(situation -> unheard(decide(record, situation), waiting));
    }

    private static Optional<Phase.Staging> staging(JobRecord record) {
        return record.phase() instanceof Phase.Staging phase
                ? Optional.of(phase)
                : Optional.empty();
    }

    private static JobRecord unwrapped(JobRecord record) {
        return record.phase() instanceof Phase.Staging phase ? record.in(phase.before()) : record;
    }

    private static Decision decide(JobRecord record, Situation situation) {
        Optional<Phase.Staging> staging = situation.staging();
        Instant now = situation.now();
        Situation noted = situation.with(Noting.of(situation));
        Decision decision = withRefusal(decide(noted), noted);
        if (staging.isPresent() && decision.next().equals(record)) {
            return decision.with(record);
        }
        // A record that changed without a step may have more to say at once.
        boolean isSettled = decision.step().isPresent() || decision.next() == record;
        return isSettled ? decision : decision.lookingAgainAt(now);
    }

    /** What the outcome of a step means: the record to store with it. */
    public JobRecord absorb(JobRecord record, Step step, Outcome outcome, Instant now) {
        return step.accept(new Absorption(record, outcome, now));
    }

    /** A job that is down and goes by the wish from now on is on its way there. */
    private static Decision begun(Decision decision, JobRecord before, Desired desired) {
        JobRecord next = decision.next();
        boolean isDown = Course.isDown(next.phase())
                || next.phase() instanceof Phase.Staging staging && Course.isDown(staging.before());
        return isDown && Course.isNew(before, desired)
                ? decision.with(next.begun(desired.plan()))
                : decision;
    }

    /** Somebody who stopped the job knew what git wants: that is no new word on it. */
    private static Decision unheard(Decision decision, Desired waiting) {
        if (!(decision.next().phase() instanceof Phase.Blocked block)
                || block.reason() != Reason.ExternallyStopped) {
            return decision;
        }
        Optional<Digest> spec = waiting instanceof Desired.Specified specified
                ? Optional.of(specified.job().digest())
                : Optional.empty();
        return decision.with(decision.next()
                .in(new Phase.Blocked(
                        block.reason(),
                        block.text(),
                        block.advice(),
                        block.before(),
                        spec,
                        block.since())));
    }

    private static Decision decide(Situation situation) {
        boolean isBlocked = situation.record().phase() instanceof Phase.Blocked;
        if (situation.sight().hasDuplicates() && !isBlocked) {
            return situation.block(
                    Reason.DuplicateRunning,
                    "more than one attempt is live: " + situation.sight().liveIds(),
                    "end all but the right one by hand");
        }
        return new Succession(situation)
                .reconsidered()
                .orElseGet(() -> situation.record().phase().accept(new Rules(situation)));
    }

    /** A refusal counts for the wish that failed only, and so do tries of a stop and their pause. */
    private static JobRecord renewed(JobRecord record, Desired desired) {
        Notes notes = record.notes();
        boolean isOld = notes.refused()
                        .filter(refused -> !refused.plan().equals(desired.plan()))
                        .isPresent()
                || notes.triedFor().filter(plan -> !plan.equals(desired.plan())).isPresent();
        return isOld ? record.with(notes.renewed()).savepointTries(0) : record;
    }

    private static Decision withRefusal(Decision decision, Situation situation) {
        Optional<Refusal> refused = decision.next()
                .notes()
                .refused()
                .filter(refusal -> refusal.plan().equals(situation.desired().plan()));
        if (refused.isEmpty()) {
            return decision;
        }
        Hold hold = new Hold(refused.get().reason(), refused.get().text());
        boolean isSaid = decision.holds().stream()
                .anyMatch(said ->
                        said.reason() == hold.reason() && said.text().startsWith(hold.text()));
        if (isSaid) {
            return decision;
        }
        return decision.step().isPresent()
                ? decision.with(hold)
                : decision.with(hold).because(hold.reason());
    }
}
