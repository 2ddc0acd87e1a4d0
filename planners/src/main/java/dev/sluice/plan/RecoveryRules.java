// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.plan.Situation.Wish;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The way back after an attempt ended unplanned, and out of a block. */
final class RecoveryRules {
    static final String NAME_THE_STATE =
            "name the state to start from with restore.from, or restore.empty with a reason";

    private final Situation situation;
    private final JobRecord record;

    RecoveryRules(Situation situation) {
        this.situation = situation;
        this.record = situation.record();
    }

    /** Proof first, then a search, then the choice; a job found alive is looked at again. */
    Decision recovering(Phase.Recovering phase) {
        if (record.deployed().isEmpty() && situation.wanted().isEmpty()) {
            return removed();
        }
        boolean isAlive = situation.sight().kind() == Sight.Kind.LIVE
                && situation.observed().at().isAfter(phase.since());
        if (isAlive) {
            return lookAgain();
        }
        return new StartRules(situation)
                .unlessAlive(
                        phase.since(),
                        phase.absent()
                                ? proven(phase)
                                : Decision.act(record, situation.proveAbsent(), phase.reason()));
    }

    /** Nothing runs, as far as is known: what state is there to go on from? */
    private Decision proven(Phase.Recovering phase) {
        if (situation.now().isAfter(phase.since().plus(Limits.PROOF))) {
            Phase anew =
                    new Phase.Recovering(phase.reason(), false, Optional.empty(), situation.now());
            return Decision.act(record.in(anew), situation.proveAbsent(), phase.reason());
        }
        if (phase.search().isEmpty()) {
            return Decision.act(record, situation.discover(), phase.reason());
        }
        return chosen(phase, phase.search().get());
    }

    /** Lifts a block whose cause has gone or on which git has a new word. */
    Decision blocked(Phase.Blocked phase) {
        if (phase.reason() == Reason.DuplicateRunning
                || phase.reason() == Reason.RunsUnexpectedly) {
            return untilSeenGone(phase);
        }
        if (phase.reason() == Reason.RestoredPathDiffers) {
            boolean isWord = situation.wish() != Wish.RUN || situation.restore().isPresent();
            return isWord ? go(phase.before(), Reason.SpecChanged) : still(phase);
        }
        if (situation.wish() == Wish.REMOVE && phase.before() instanceof Phase.Recovering) {
            return removed();
        }
        boolean isNew = !situation.wantedDigest().equals(phase.spec())
                || situation.restore().isPresent();
        return isNew ? anew(phase) : still(phase);
    }

    private Decision chosen(Phase.Recovering phase, Phase.Search search) {
        if (record.heirOf().isPresent()) {
            // What was found bears the heir's name, which never ran: its predecessor has the state.
            return Decision.rest(JobRecord.fresh(record.key()), Reason.WaitingForDependency);
        }
        if (situation.wish() == Wish.REMOVE) {
            return removed();
        }
        if (record.attempt() == 0 && record.currentId().isEmpty()) {
            return firstStart(search);
        }
        StateChoice.Choice choice = StateChoice.after(record, search, situation.policy());
        if (choice.state().isPresent()) {
            return stopped(choice.state().get());
        }
        boolean isNamed =
                situation.restore().isPresent() || Rollback.state(situation).isPresent();
        if (isNamed && situation.wish() == Wish.RUN) {
            // The doubtful state is never stored as the one to go on from: git may change its mind.
            RestoreFrom doubtful = search.newest()
                    .<RestoreFrom>map(RestoreFrom.State::new)
                    .orElseGet(() -> StateChoice.untouched(record));
            return new StartRules(situation).fromStopped(doubtful);
        }
        return situation.block(choice.reason(), choice.text(), NAME_THE_STATE);
    }

    /** State of an earlier life means that the journal was lost: a person must say what it is. */
    private Decision firstStart(Phase.Search search) {
        if (search.newest().isEmpty()) {
            Optional<Decision> heir = situation.restore().isPresent()
                    ? Optional.empty()
                    : new Succession(situation).predecessor();
            return heir.orElseGet(() -> stopped(new RestoreFrom.Empty("first start")));
        }
        StatePointer found = search.newest().get();
        return situation
                .with(ofEarlierLife(record.learned(found), found))
                .block(Reason.StateUnknown, earlierLife(found), NAME_THE_STATE);
    }

    /** No number up to that of what was found is used again. */
    static JobRecord ofEarlierLife(JobRecord record, StatePointer found) {
        return record.attemptAtLeast(Math.max(1, found.attempt()))
                .with(record.notes().taken());
    }

    static String earlierLife(StatePointer found) {
        return "the journal knows nothing of this job, but storage holds " + found.path();
    }

    private Decision stopped(RestoreFrom state) {
        Phase.Stopped next = new Phase.Stopped(state, situation.now());
        return next.accept(new Rules(situation.with(record.in(next))));
    }

    private Decision removed() {
        return go(new Phase.Absent(Optional.of(situation.now())), Reason.Removing);
    }

    /** The attempt lives although its start or its end was reported otherwise. */
    private Decision lookAgain() {
        JobId id = record.currentId().orElseThrow();
        RestoreFrom from = record.startedFrom().orElse(new RestoreFrom.Empty("adopted"));
        Phase next = new Phase.Verifying(id, from, Optional.empty(), situation.now());
        Notes notes = record.notes().renewed().begun(Optional.empty());
        return Decision.rest(record.with(notes).in(next), Reason.Soaking);
    }

    private Decision untilSeenGone(Phase.Blocked phase) {
        Sight sight = situation.sight();
        if (sight.kind() == Sight.Kind.UNLISTED && sight.live().isEmpty()) {
            return Decision.act(
                    record, situation.proveAbsent(), new Hold(phase.reason(), phase.text()));
        }
        boolean isKnown = sight.kind() != Sight.Kind.UNKNOWN && sight.kind() != Sight.Kind.UNLISTED;
        boolean isAlone = phase.reason() == Reason.DuplicateRunning
                ? !sight.hasDuplicates()
                : sight.live().isEmpty();
        return isKnown && isAlone
                ? go(afterLife(phase, situation.now()), phase.reason())
                : still(phase);
    }

    /**
     * Where a job goes on after somebody ended what should not have run. What ran may have left newer
     * state than the record knows, so a job that should have been down, or whose next attempt had not
     * begun, is searched for state anew.
     */
    static Phase afterLife(Phase.Blocked phase, Instant now) {
        Phase before = phase.before();
        boolean wasUp = before instanceof Phase.Stable
                || before instanceof Phase.Verifying
                || before instanceof Phase.Stopping
                || before instanceof Phase.Cancelling;
        return wasUp ? before : new Phase.Recovering(phase.reason(), false, Optional.empty(), now);
    }

    /** Git has a new word: the search and the budget begin again. */
    private Decision anew(Phase.Blocked phase) {
        JobRecord forgiven = record.failures(List.of())
                .with(record.notes().renewed())
                .begun(situation.desired().plan());
        Phase next = phase.before() instanceof Phase.Stopped stopped
                ? new Phase.Proving(stopped.state(), situation.now())
                : new Phase.Recovering(Reason.Recovering, false, Optional.empty(), situation.now());
        return Decision.rest(forgiven.in(next), Reason.SpecChanged);
    }

    private Decision go(Phase next, Reason reason) {
        return Decision.rest(record.in(next), reason);
    }

    private Decision still(Phase.Blocked phase) {
        return Decision.hold(record, phase.reason(), phase.text() + "; " + phase.advice());
    }
}
