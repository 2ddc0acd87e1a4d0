// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.plan.Decision;
import dev.sluice.plan.Hold;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Notes;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.plan.Refusal;
import dev.sluice.plan.Step;
import dev.sluice.spec.Digest;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Mistakes that other controllers made, and that a simulation worth its name finds at once. */
enum Mutant implements Bend {
    /** A cluster out of reach is one without jobs. */
    UNREACHABLE_COUNTS_AS_ABSENT("I1") {
        @Override
        public Observed seen(Observed observed) {
            return observed instanceof Observed.Unknown
                    ? new Observed.ProvenAbsent(observed.at(), List.of("unreachable"))
                    : observed;
        }

        @Override
        public Outcome answered(Step step, Outcome outcome) {
            boolean isDoubt =
                    step instanceof Step.ProveAbsent && outcome instanceof Outcome.Unknown;
            return isDoubt ? new Outcome.Done(Evidence.NONE) : outcome;
        }
    },
    /** An attempt starts from what the one before it was started from. */
    POINTER_OF_THE_PREVIOUS_ATTEMPT("I2") {
        @Override
        public Decision decided(JobRecord before, Decision decision) {
            Optional<Step> step = decision.step();
            if (step.isEmpty()
                    || !(step.get() instanceof Step.Start start)
                    || !(start.from() instanceof RestoreFrom.State state)) {
                return decision;
            }
            Optional<RestoreFrom> older = before.lineage().stream()
                    .filter(pointer -> pointer.attempt() < state.pointer().attempt())
                    .findFirst()
                    .map(RestoreFrom.State::new);
            return older.isPresent()
                    ? starting(decision, start, start.id(), older.get())
                    : decision;
        }
    },
    /** A start without an answer is tried again as another job. */
    FRESH_JOB_ID_ON_RETRY("I1") {
        @Override
        public Decision decided(JobRecord before, Decision decision) {
            Optional<Step> step = decision.step();
            boolean isRetry = before.phase() instanceof Phase.Starting;
            if (!isRetry || step.isEmpty() || !(step.get() instanceof Step.Start start)) {
                return decision;
            }
            JobId fresh = new JobId(Digest.of(start.id().hex()).hex().substring(0, 32));
            return starting(decision, start, fresh, start.from());
        }
    },
    /** Whatever should not run any more is taken for gone. */
    START_WITHOUT_PROOF("I1") {
        @Override
        public Outcome answered(Step step, Outcome outcome) {
            return step instanceof Step.ProveAbsent ? new Outcome.Done(Evidence.NONE) : outcome;
        }
    },
    /** The journal hears of an effect when it has happened. */
    INTENT_AFTER_EFFECT("I3") {
        @Override
        public boolean actsBeforeIntent() {
            return true;
        }
    },
    /** A process that comes back does not know that it asked for a stop. */
    TRIGGER_ID_FORGOTTEN_AFTER_A_CRASH("I3") {
        @Override
        public JobRecord loaded(JobRecord record) {
            return record.phase() instanceof Phase.Stopping stopping
                    ? with(record, stopping.before(), triedAgain(record.notes()))
                    : record;
        }
    },
    /** The newest state on storage is one nobody looks for. */
    STORAGE_NOT_SEARCHED("I2") {
        @Override
        public Outcome answered(Step step, Outcome outcome) {
            return step instanceof Step.DiscoverState ? new Outcome.Done(Evidence.NONE) : outcome;
        }
    },
    /** A start that was refused starts empty the next time. */
    NO_POINTER_MEANS_EMPTY("I2") {
        @Override
        public Decision decided(JobRecord before, Decision decision) {
            Optional<Step> step = decision.step();
            boolean isRefused = !before.failures().isEmpty();
            return isRefused && step.isPresent() && step.get() instanceof Step.Start start
                    ? starting(decision, start, start.id(), new RestoreFrom.Empty("no pointer"))
                    : decision;
        }
    },
    /** A lost answer is taken for a failure. */
    UNKNOWN_COUNTS_AS_FAILED("I3") {
        @Override
        public Outcome answered(Step step, Outcome outcome) {
            return outcome instanceof Outcome.Unknown unknown
                    ? new Outcome.Failed(true, unknown.cause(), Evidence.of("state", "GONE"))
                    : outcome;
        }
    },
    /** A change of the running job is made, and nobody remembers. */
    RESCALE_NOT_REMEMBERED("I5") {
        @Override
        public Outcome answered(Step step, Outcome outcome) {
            return step instanceof Step.Rescale && outcome instanceof Outcome.Done
                    ? new Outcome.Unknown("forgotten")
                    : outcome;
        }
    },
    /** A live change is made with every look. */
    LIVE_CHANGE_NOT_REMEMBERED("I5") {
        @Override
        public Outcome answered(Step step, Outcome outcome) {
            return step instanceof Step.ApplyLive && outcome instanceof Outcome.Done
                    ? new Outcome.Unknown("forgotten")
                    : outcome;
        }
    },
    /** A cluster that cannot rescale is asked for ever. */
    REFUSED_RESCALE_COUNTS_AS_UNKNOWN("I5") {
        @Override
        public Outcome answered(Step step, Outcome outcome) {
            return step instanceof Step.Rescale && outcome instanceof Outcome.Failed failed
                    ? new Outcome.Unknown(failed.cause())
                    : outcome;
        }
    },
    /** A job that shall end is not asked to: its cluster is taken away at once. */
    CLUSTER_ENDED_INSTEAD_OF_THE_JOB("I3") {
        @Override
        public Decision decided(JobRecord before, Decision decision) {
            Optional<Step> step = decision.step();
            return step.isPresent() && step.get() instanceof Step.Cancel cancel
                    ? new Decision(
                            decision.next(),
                            Optional.of(new Step.EndCluster(
                                    cancel.running(), cancel.attempt(), cancel.id())),
                            decision.holds(),
                            decision.reason(),
                            decision.comeBackAt())
                    : decision;
        }
    },
    /** As many jobs are restarted at a time as there are. */
    TURNS_NOT_COUNTED("turns") {
        @Override
        public SortedMap<JobKey, Hold> held(SortedMap<JobKey, Hold> holds) {
            return without(
                    holds, hold -> hold.reason() == Reason.WaitingForTurn && !isForCanary(hold));
        }
    },
    /** All jobs of a commit go at once. */
    NO_CANARY("canary") {
        @Override
        public SortedMap<JobKey, Hold> held(SortedMap<JobKey, Hold> holds) {
            return without(holds, Mutant::isForCanary);
        }
    },
    /** Jobs are stopped at any time. */
    WINDOWS_NOT_KEPT("window") {
        @Override
        public SortedMap<JobKey, Hold> held(SortedMap<JobKey, Hold> holds) {
            return without(holds, hold -> hold.reason() == Reason.WaitingForWindow);
        }
    },
    /** A job is started whether what it needs is there or not. */
    DEPENDENCIES_NOT_KEPT("dependsOn") {
        @Override
        public SortedMap<JobKey, Hold> held(SortedMap<JobKey, Hold> holds) {
            return without(holds, hold -> hold.reason() == Reason.WaitingForDependency);
        }
    },
    /** A job that failed comes back as the newest commit says, whether that may begin or not. */
    FAILED_JOB_STARTED_WITH_WHAT_WAITS("approval") {
        @Override
        public boolean admitsWhatFailed() {
            return true;
        }
    },
    /** A scheduled job is due whenever somebody looks. */
    ALWAYS_DUE("schedule") {
        @Override
        public Optional<Instant> due(Optional<Instant> due, Instant now) {
            return due.map(unused -> now);
        }
    },
    /** Whether a run was made for an instant is forgotten when it has ended. */
    HONOURED_INSTANT_FORGOTTEN("schedule") {
        @Override
        public JobRecord loaded(JobRecord record) {
            boolean isOver = record.phase() instanceof Phase.Finished;
            return isOver ? with(record, record.phase(), unfired(record.notes())) : record;
        }
    },
    /** A resource manager that took over and has an empty list is believed. */
    YOUNG_LIST_COUNTS_AS_PROOF("I1") {
        @Override
        public boolean believesYoungLists() {
            return true;
        }
    },
    /** What three savepoints of one commit came to is held against the next. */
    SAVEPOINT_TRIES_OF_ANOTHER_WISH("I7") {
        @Override
        public Decision decided(JobRecord before, Decision decision) {
            Optional<Step> step = decision.step();
            boolean isSpent = before.savepointTries() >= 3
                    && before.notes().refused().isEmpty()
                    && decision.next().savepointTries() == 0;
            if (!isSpent || step.isEmpty() || !(step.get() instanceof Step.Stage stage)) {
                return decision;
            }
            Refusal refusal = new Refusal(
                    stage.target().digest().brief(),
                    Reason.SavepointFailed,
                    "3 savepoints failed",
                    Instant.EPOCH);
            return new Decision(
                    with(before, before.phase(), refusing(before.notes(), refusal)),
                    Optional.empty(),
                    List.of(),
                    Reason.SavepointFailed,
                    Optional.empty());
        }
    };

    private final String broken;

    Mutant(String broken) {
        this.broken = broken;
    }

    /** What this mistake breaks: an invariant, or a rule of the house. */
    String broken() {
        return broken;
    }

    private static boolean isForCanary(Hold hold) {
        return hold.text().startsWith("waits until a first job");
    }

    private static SortedMap<JobKey, Hold> without(
            SortedMap<JobKey, Hold> holds, Predicate<Hold> dropped) {
        TreeMap<JobKey, Hold> left = new TreeMap<>(holds);
        left.values().removeIf(dropped);
        return left;
    }

    private static Notes refusing(Notes notes, Refusal refusal) {
        return new Notes(
                notes.startedBy(),
                notes.checkpointed(),
                notes.staged(),
                Optional.of(refusal),
                notes.restoreNonce(),
                notes.fire(),
                notes.retryAt(),
                notes.triedFor(),
                notes.stopTries(),
                notes.notLive(),
                notes.adopted(),
                notes.begun(),
                notes.unprovenSince(),
                notes.canonical(),
                notes.heirOf(),
                notes.inherited(),
                notes.beforeUpgrade(),
                notes.known(),
                notes.news(),
                notes.untaken());
    }

    private static Decision starting(
            Decision decision, Step.Start start, JobId id, RestoreFrom from) {
        JobRecord next = decision.next();
        Phase.Starting phase = (Phase.Starting) next.phase();
        return new Decision(
                next.in(new Phase.Starting(id, from, phase.since())),
                Optional.of(new Step.Start(
                        start.target(), start.attempt(), id, from, start.earlier(), start.known())),
                decision.holds(),
                decision.reason(),
                decision.comeBackAt());
    }

    private static Notes unfired(Notes notes) {
        return new Notes(
                notes.startedBy(),
                notes.checkpointed(),
                notes.staged(),
                notes.refused(),
                notes.restoreNonce(),
                Optional.empty(),
                notes.retryAt(),
                notes.triedFor(),
                notes.stopTries(),
                notes.notLive(),
                notes.adopted(),
                notes.begun(),
                notes.unprovenSince(),
                notes.canonical(),
                notes.heirOf(),
                notes.inherited(),
                notes.beforeUpgrade(),
                notes.known(),
                notes.news(),
                notes.untaken());
    }

    private static Notes triedAgain(Notes notes) {
        return new Notes(
                notes.startedBy(),
                notes.checkpointed(),
                notes.staged(),
                notes.refused(),
                notes.restoreNonce(),
                notes.fire(),
                notes.retryAt(),
                notes.triedFor(),
                notes.stopTries() + 1,
                notes.notLive(),
                notes.adopted(),
                notes.begun(),
                notes.unprovenSince(),
                notes.canonical(),
                notes.heirOf(),
                notes.inherited(),
                notes.beforeUpgrade(),
                notes.known(),
                notes.news(),
                notes.untaken());
    }

    private static JobRecord with(JobRecord record, Phase phase, Notes notes) {
        List<StatePointer> lineage = record.lineage();
        return new JobRecord(
                record.key(),
                record.attempt(),
                phase,
                record.deployed(),
                record.startedFrom(),
                record.lastStable(),
                lineage,
                record.lastSeenRunning(),
                record.failures(),
                record.savepointTries(),
                notes);
    }
}
