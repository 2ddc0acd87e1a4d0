// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

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
        Optional<Phase.Staging> staging = record.phase() instanceof Phase.Staging phase
                ? Optional.of(phase)
                : Optional.empty();
        JobRecord unwrapped = staging.map(phase -> record.in(phase.before())).orElse(record);
        Situation situation = Situation.of(
                desired, renewed(unwrapped, desired), observed, surroundings, staging, now);
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

    private static Decision decide(Situation situation) {
        boolean isBlocked = situation.record().phase() instanceof Phase.Blocked;
        if (situation.sight().hasDuplicates() && !isBlocked) {
            return situation.block(
                    Reason.DuplicateRunning,
                    "more than one attempt is live: " + situation.sight().liveIds(),
                    "end all but the right one by hand");
        }
        return situation.record().phase().accept(new Rules(situation));
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
