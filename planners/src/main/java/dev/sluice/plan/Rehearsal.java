// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One run of the planner on paper: every step succeeds, and nothing else changes. */
final class Rehearsal {
    /** Stands for the savepoint that a stop will take. */
    private static final String TO_COME = "the savepoint of this stop";

    private static final int MOST_STEPS = 30;

    private final Planner planner;
    private final Desired desired;
    private final Surroundings surroundings;
    private final Instant now;
    private final List<Projected.Considered> decisions = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<String> assumptions = new ArrayList<>();
    private List<Hold> holds = List.of();
    private Reason reason = Reason.InSync;
    private JobRecord last;

    Rehearsal(Planner planner, Desired desired, Surroundings surroundings, Instant now) {
        this.planner = planner;
        this.desired = desired;
        this.surroundings = surroundings;
        this.now = now;
    }

    void play(JobRecord record, Observed observed) {
        last = record;
        for (int i = 0; i < MOST_STEPS; i++) {
            Decision decision = planner.decide(desired, last, observed, surroundings, now);
            decisions.add(new Projected.Considered(last, decision));
            holds = decision.holds();
            reason = decision.reason();
            boolean isSettled =
                    decision.step().isEmpty() && decision.next().phase().equals(last.phase());
            last = decision.next();
            if (isSettled) {
                return;
            }
            if (decision.step().isPresent() && !take(decision.step().get())) {
                return;
            }
        }
    }

    /** What is remembered at the end. */
    JobRecord last() {
        return last;
    }

    /** What is remembered once the attempt that was started has proven itself. */
    JobRecord settled() {
        return last.phase() instanceof Phase.Verifying verifying
                ? last.stable(new Phase.Stable(verifying.id(), now))
                : last;
    }

    List<Projected.Considered> decisions() {
        return List.copyOf(decisions);
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    List<Hold> holds() {
        return holds;
    }

    List<String> assumptions() {
        return List.copyOf(assumptions);
    }

    /** Nothing happens now, because a schedule says when. */
    boolean isScheduled() {
        return steps.isEmpty() && reason == Reason.WaitingForSchedule;
    }

    boolean has(Class<? extends Step> kind) {
        return steps.stream().anyMatch(kind::isInstance);
    }

    /** The state known now that the job starts from; empty when it has yet to be taken. */
    Optional<StatePointer> restored() {
        return steps.stream()
                .filter(Step.Start.class::isInstance)
                .map(step -> ((Step.Start) step).from())
                .filter(RestoreFrom.State.class::isInstance)
                .map(from -> ((RestoreFrom.State) from).pointer())
                .filter(pointer -> !pointer.path().equals(TO_COME))
                .findFirst();
    }

    /** What becomes of the state, a line. */
    String state() {
        Optional<RestoreFrom> started = steps.stream()
                .filter(Step.Start.class::isInstance)
                .map(step -> ((Step.Start) step).from())
                .findFirst();
        if (started.isPresent()) {
            return started.map(this::restored).get();
        }
        if (has(Step.Rescale.class)) {
            return "kept: Flink goes on from its newest checkpoint";
        }
        if (last.phase() instanceof Phase.Suspended || last.phase() instanceof Phase.Absent) {
            return has(Step.StopWithSavepoint.class)
                    ? "stop with savepoint, kept for a later start"
                    : "not touched";
        }
        return "not touched";
    }

    /** Takes one step on paper; a start ends the rehearsal, what follows is seen, not planned. */
    private boolean take(Step step) {
        if (steps.contains(step)) {
            return false;
        }
        steps.add(step);
        assumption(step).ifPresent(assumptions::add);
        room(step).ifPresent(assumptions::add);
        last = planner.absorb(last, step, new Outcome.Done(evidence(step)), now);
        return !(step instanceof Step.Start) && !(step instanceof Step.Rescale);
    }

    private Evidence evidence(Step step) {
        if (step instanceof Step.StopWithSavepoint stop) {
            return Evidence.of(new StatePointer(
                    StatePointer.Kind.SAVEPOINT,
                    TO_COME,
                    stop.id(),
                    stop.attempt(),
                    -1,
                    now,
                    stop.running().spec().flink().version()));
        }
        return step instanceof Step.DiscoverState
                ? last.newestState().map(Evidence::of).orElse(Evidence.NONE)
                : Evidence.NONE;
    }

    private Optional<String> room(Step step) {
        return step instanceof Step.StopWithSavepoint stop
                        && desired instanceof Desired.Specified specified
                        && specified.isToRun()
                ? Room.assumed(stop.running(), specified.job(), surroundings.headroom())
                : Optional.empty();
    }

    private Optional<String> assumption(Step step) {
        if (step instanceof Step.StopWithSavepoint) {
            return Optional.of("the savepoint succeeds");
        }
        if (step instanceof Step.Rescale) {
            return Optional.of(
                    "the cluster's scheduler is adaptive; else the job restarts from a savepoint");
        }
        if (step instanceof Step.ProveAbsent) {
            return Optional.of("no attempt runs");
        }
        if (step instanceof Step.DiscoverState) {
            return Optional.of(last.newestState()
                    .map(pointer -> "storage holds nothing newer than " + pointer.path())
                    .orElse("storage holds no state of this job"));
        }
        return Optional.empty();
    }

    private String restored(RestoreFrom from) {
        if (from instanceof RestoreFrom.State state) {
            StatePointer pointer = state.pointer();
            if (pointer.path().equals(TO_COME)) {
                return "stop with savepoint, restore it";
            }
            boolean isDated = pointer.completedAt().isAfter(Instant.EPOCH);
            return "restore " + pointer.path()
                    + (isDated ? ", " + age(pointer.completedAt()) + " old" : ", age not known");
        }
        return "start " + from;
    }

    private String age(Instant completed) {
        Duration age = Duration.between(completed, now);
        if (age.toMinutes() < 2) {
            return Math.max(0, age.toSeconds()) + " s";
        }
        if (age.toHours() < 2) {
            return age.toMinutes() + " min";
        }
        return age.toDays() < 2 ? age.toHours() + " h" : age.toDays() + " d";
    }
}
