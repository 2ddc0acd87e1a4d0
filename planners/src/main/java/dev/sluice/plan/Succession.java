// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.StatePointer;
import java.util.Optional;

/**
 * A renamed job takes over the lineage of the job it formerly was, once that has stopped and none of its
 * attempts runs: that is proven anew, by their own ids and where they ran.
 */
final class Succession {
    private final Situation situation;
    private final JobRecord record;

    Succession(Situation situation) {
        this.situation = situation;
        this.record = situation.record();
    }

    /**
     * What an heir that has not started yet does about another word on {@code formerly}: a line that is
     * gone takes nothing back, since it says of no state that it may be lost; another name begins anew.
     */
    Optional<Decision> reconsidered() {
        Optional<JobKey> former = record.heirOf();
        if (former.isEmpty() || situation.wish() != Situation.Wish.RUN) {
            return Optional.empty();
        }
        Optional<String> said =
                situation.wanted().flatMap(job -> job.spec().lineage().formerly());
        if (said.filter(name -> !name.equals(former.get().display())).isPresent()) {
            return Optional.of(
                    Decision.rest(JobRecord.fresh(record.key()), Reason.WaitingForDependency));
        }
        boolean isKnown = situation
                .around()
                .predecessor()
                .filter(old -> old.key().equals(former.get()))
                .isPresent();
        return isKnown
                ? Optional.empty()
                : Optional.of(hold("what became of " + former.get().display() + " is not known"));
    }

    /** The decision while the predecessor counts; empty when there is none to wait for. */
    Optional<Decision> predecessor() {
        Optional<String> formerly =
                situation.wanted().flatMap(job -> job.spec().lineage().formerly());
        if (formerly.isEmpty()) {
            return Optional.empty();
        }
        Optional<JobRecord> old = situation.around().predecessor();
        if (old.isEmpty()) {
            return Optional.of(hold("what became of " + formerly.get() + " is not known"));
        }
        return old.get().currentId().isEmpty()
                ? Optional.empty()
                : Optional.of(take(formerly.get(), old.get()));
    }

    private Decision take(String name, JobRecord old) {
        boolean hasStopped =
                old.phase() instanceof Phase.Absent || old.phase() instanceof Phase.Suspended;
        if (!hasStopped) {
            return hold("waits until " + name + " has stopped with a savepoint");
        }
        Optional<StatePointer> newest = old.newestState();
        if (newest.isEmpty()) {
            return situation.block(
                    Reason.StateUnknown,
                    name + " left no state that the journal knows",
                    "name the state to start from with restore.from, or drop formerly");
        }
        if (old.deployed().isEmpty()) {
            return situation.block(
                    Reason.StateUnknown,
                    "where " + name + " ran is not known",
                    "name the state to start from with restore.from, or drop formerly");
        }
        Phase.Search known = new Phase.Search(newest);
        StateChoice.Choice choice = StateChoice.after(old, known, situation.policy());
        if (choice.state().isEmpty()) {
            return situation.block(
                    choice.reason(),
                    name + ": " + choice.text(),
                    "name the state to start from with restore.from, or drop formerly");
        }
        // Attempts go on counting, so that new state is never taken for older than the inherited.
        JobRecord heir = record.learned(newest.get())
                .attemptAtLeast(old.attempt())
                .with(record.notes().inherits(old))
                .in(new Phase.Proving(choice.state().get(), situation.now()));
        return Decision.act(heir, situation.with(heir).proveAbsent(), Reason.FirstStart);
    }

    private Decision hold(String text) {
        return Decision.hold(record, Reason.WaitingForDependency, text);
    }
}
