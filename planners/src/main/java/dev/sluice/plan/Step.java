// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.EarlierAttempts;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.TriggerId;
import dev.sluice.spec.UpgradePolicy.SavepointFormat;
import dev.sluice.spec.observed.KnownState;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.util.List;
import java.util.Optional;

/**
 * One effect on a cluster, complete: the executor has no choice left. Every id in it was fixed when
 * the record entered its phase, so repeating a step repeats nothing on the cluster.
 */
public sealed interface Step {
    /** One method per kind; the executor is the only production implementation. */
    interface Handler<R> {
        R stage(Stage step);

        R stop(StopWithSavepoint step);

        R cancel(Cancel step);

        R prove(ProveAbsent step);

        R discover(DiscoverState step);

        R start(Start step);

        R rescale(Rescale step);

        R apply(ApplyLive step);

        R end(EndCluster step);
    }

    <R> R accept(Handler<R> handler);

    /** The cluster the step acts on. */
    String cluster();

    /**
     * Bring artifacts to the cluster, check digests, and see whether the program makes one job that
     * can take the state.
     *
     * @param state newest known state that the job would be started from
     * @param attempt whose state on storage counts when none is known; 0 when none does
     * @param hasRun this very spec has run here before: only its artifacts are in question
     */
    record Stage(EffectiveJob target, Optional<StatePointer> state, int attempt, boolean hasRun)
            implements Step {
        public Stage {
            requireNonNull(target, "target is null");
            requireNonNull(state, "state is null");
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.stage(this);
        }

        @Override
        public String cluster() {
            return target.spec().flink().cluster();
        }
    }

    /** Stop the running attempt with a savepoint, never draining. */
    record StopWithSavepoint(
            EffectiveJob running,
            int attempt,
            JobId id,
            TriggerId trigger,
            String directory,
            SavepointFormat format)
            implements Step {
        public StopWithSavepoint {
            requireNonNull(running, "running is null");
            requireNonNull(id, "id is null");
            requireNonNull(trigger, "trigger is null");
            requireNonNull(directory, "directory is null");
            requireNonNull(format, "format is null");
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.stop(this);
        }

        @Override
        public String cluster() {
            return running.spec().flink().cluster();
        }
    }

    /** Cancel the running attempt without a savepoint. */
    record Cancel(EffectiveJob running, int attempt, JobId id) implements Step {
        public Cancel {
            requireNonNull(running, "running is null");
            requireNonNull(id, "id is null");
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.cancel(this);
        }

        @Override
        public String cluster() {
            return running.spec().flink().cluster();
        }
    }

    /**
     * Find out for sure whether any attempt still runs where the last one ran.
     *
     * @param attempts ids to ask for, newest first; an adopted job's own id is among them
     */
    record ProveAbsent(EffectiveJob last, int newestAttempt, List<JobId> attempts) implements Step {
        public ProveAbsent {
            requireNonNull(last, "last is null");
            attempts = List.copyOf(attempts);
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.prove(this);
        }

        @Override
        public String cluster() {
            return last.spec().flink().cluster();
        }
    }

    /**
     * Look on storage for state of all attempts; the evidence carries the newest pointer.
     *
     * @param newestAttempt 0 without an adopted job before a first start: a lost journal may have
     *     known any number of attempts
     * @param adopted the job that became attempt 0, if one did
     */
    record DiscoverState(EffectiveJob last, int newestAttempt, Optional<JobId> adopted)
            implements Step {
        public DiscoverState {
            requireNonNull(last, "last is null");
            requireNonNull(adopted, "adopted is null");
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.discover(this);
        }

        @Override
        public String cluster() {
            return last.spec().flink().cluster();
        }
    }

    /**
     * Start an attempt under its fixed id from a fixed state.
     *
     * @param earlier what was proven absent, asked for again right before the submission
     * @param known what their state was when this attempt was fixed; newer state stops the start
     */
    record Start(
            EffectiveJob target,
            int attempt,
            JobId id,
            RestoreFrom from,
            List<EarlierAttempts> earlier,
            Optional<KnownState> known)
            implements Step {
        public Start {
            requireNonNull(target, "target is null");
            requireNonNull(id, "id is null");
            requireNonNull(from, "from is null");
            earlier = List.copyOf(earlier);
            requireNonNull(known, "known is null");
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.start(this);
        }

        @Override
        public String cluster() {
            return target.spec().flink().cluster();
        }
    }

    /** Give the running attempt another parallelism without ending it. */
    record Rescale(EffectiveJob running, EffectiveJob target, int attempt, JobId id)
            implements Step {
        public Rescale {
            requireNonNull(running, "running is null");
            requireNonNull(target, "target is null");
            requireNonNull(id, "id is null");
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.rescale(this);
        }

        @Override
        public String cluster() {
            return running.spec().flink().cluster();
        }
    }

    /** Put into force what of a new spec the running attempt can take up as it runs. */
    record ApplyLive(EffectiveJob running, EffectiveJob target, int attempt, JobId id)
            implements Step {
        public ApplyLive {
            requireNonNull(running, "running is null");
            requireNonNull(target, "target is null");
            requireNonNull(id, "id is null");
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.apply(this);
        }

        @Override
        public String cluster() {
            return running.spec().flink().cluster();
        }
    }

    /** End the Flink cluster that runs this attempt and nothing else, because it will not end. */
    record EndCluster(EffectiveJob running, int attempt, JobId id) implements Step {
        public EndCluster {
            requireNonNull(running, "running is null");
            requireNonNull(id, "id is null");
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.end(this);
        }

        @Override
        public String cluster() {
            return running.spec().flink().cluster();
        }
    }
}
