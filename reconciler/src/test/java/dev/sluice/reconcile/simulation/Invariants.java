// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.drive.RescaleRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.plan.Decision;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.plan.Refusal;
import dev.sluice.plan.Step;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.TriggerId;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What must hold after every event; it sees all of the world, orphaned tasks and the disk too. */
final class Invariants implements Witness {
    private final ModelJournal journal;
    private final Disk disk;
    private final Set<String> honoured = new HashSet<>();
    private final HouseWatch house;
    private int effects;

    Invariants(ModelJournal journal, Disk disk, HouseWatch house) {
        this.house = house;
        this.journal = journal;
        this.disk = disk;
    }

    /** How many effects were asked of the cluster for jobs that have no schedule. */
    int effects() {
        return effects;
    }

    /** I1: one instance at most, counting tasks whose JobManager is gone. */
    void alone(JobKey key, List<FlinkJob> working) {
        if (working.size() > 1) {
            throw new Violation(
                    "I1",
                    key.name() + " runs more than once: attempts "
                            + working.stream().map(job -> job.request.attempt()).toList());
        }
    }

    @Override
    public void starts(StartRequest request) {
        effects += request.job().spec().schedule().isPresent() ? 0 : 1;
        house.starts(request);
        intended(intent -> intent.step() instanceof Step.Start start
                && start.id().equals(request.id())
                && start.from().equals(request.from()));
        Optional<Disk.Entry> newest = disk.newest(request.job().key());
        int restored = request.from() instanceof RestoreFrom.State state
                ? disk.find(state.pointer().path()).map(Disk.Entry::number).orElse(0)
                : 0;
        if (newest.filter(entry -> entry.number() > restored).isPresent()) {
            throw new Violation(
                    "I2",
                    "attempt " + request.attempt() + " starts from " + request.from()
                            + ", the newest is " + newest.get().pointer().path());
        }
    }

    @Override
    public void stops(JobKey key, TriggerId trigger) {
        effects++;
        house.happens(key, "stop");
        intended(intent -> intent.step() instanceof Step.StopWithSavepoint stop
                && stop.trigger().equals(trigger));
    }

    @Override
    public void cancels(JobKey key, JobId id) {
        effects++;
        house.happens(key, "cancel");
        intended(intent ->
                intent.step() instanceof Step.Cancel cancel && cancel.id().equals(id));
    }

    @Override
    public void rescales(RescaleRequest request) {
        effects++;
        house.happens(request.key(), "rescale");
        intended(intent -> intent.step() instanceof Step.Rescale rescale
                && rescale.id().equals(request.job())
                && rescale.target().spec().resources().parallelism() == request.to());
    }

    /** A cluster is ended for a job that was asked to end before, and did not. */
    @Override
    public void ends(JobKey key, JobId id) {
        effects++;
        intended(intent ->
                intent.step() instanceof Step.EndCluster end && end.id().equals(id));
        intended(intent ->
                intent.step() instanceof Step.Cancel cancel && cancel.id().equals(id));
    }

    private void intended(java.util.function.Predicate<ModelJournal.Intent> like) {
        if (!journal.hasIntended(like)) {
            throw new Violation("I3", "an effect that the journal has no intent of");
        }
    }

    /** A commit's word that state is given up counts once, from the first intent that honours it. */
    void honours(Step step) {
        boolean isEmpty = step instanceof Step.Start start
                && start.from() instanceof RestoreFrom.Empty empty
                && empty.reason().startsWith("restore.empty")
                && isAsked(start);
        if (isEmpty) {
            disk.giveUp(((Step.Start) step).target().key());
        }
    }

    private boolean isAsked(Step.Start start) {
        return start.target()
                .spec()
                .lineage()
                .restore()
                .filter(word -> word.from().isEmpty())
                .filter(word -> honoured.add(start.target().key() + " " + word.nonce()))
                .isPresent();
    }

    /** I4 and I7: what may not follow from not knowing, and what every refusal says. */
    void decided(JobRecord before, Observed observed, Decision decision) {
        Phase was = before.phase();
        Phase is = decision.next().phase();
        boolean ran = was instanceof Phase.Stable || was instanceof Phase.Verifying;
        boolean hasLeft = !is.word().equals(was.word()) && !(is instanceof Phase.Staging);
        if (observed instanceof Observed.Unknown && ran && hasLeft) {
            throw new Violation("I4", "not knowing led from " + was.word() + " to " + is.word());
        }
        Optional<StatePointer> known = before.newestState();
        if (known.isPresent() && decision.next().newestState().isEmpty()) {
            throw new Violation("I4", "the pointer " + known.get().path() + " was forgotten");
        }
        refused(before, decision);
        boolean isMute = is instanceof Phase.Blocked blocked
                && (blocked.text().isBlank() || blocked.advice().isBlank());
        if (isMute || decision.holds().stream().anyMatch(hold -> hold.text().isBlank())) {
            throw new Violation("I7", is.word() + " without a word on why or what to do");
        }
    }

    /** A wish is not refused for savepoints that were tried for another. */
    private void refused(JobRecord before, Decision decision) {
        Optional<Refusal> refusal = decision.next()
                .notes()
                .refused()
                .filter(next -> next.reason() == Reason.SavepointFailed)
                .filter(next -> before.notes().refused().filter(next::equals).isEmpty());
        refusal.ifPresent(next -> {
            boolean isTried = journal.hasIntended(
                    intent -> intent.step() instanceof Step.StopWithSavepoint stop
                            && intent.key().equals(before.key())
                            && stop.directory().contains("-" + next.plan() + "-"));
            if (!isTried) {
                throw new Violation("I7", "wish " + next.plan() + " was refused untried");
            }
        });
    }
}
