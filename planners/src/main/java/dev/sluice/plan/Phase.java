// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.Digest;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.TriggerId;
import dev.sluice.spec.UpgradePolicy.SavepointFormat;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a job is on its way: the middle state that the journal keeps. The next decision continues
 * from here, whether a tick, a crash or a lost answer came in between.
 *
 * <p>Ordinary way: Absent, Staging, Recovering (is there state of an earlier life?), Stopped,
 * Starting, Verifying, Stable. An upgrade goes Stable, Staging, Stopping, Stopped, Starting,
 * Verifying, Stable; a suspension Stable, Stopping, Stopped, Suspended; a resumption Suspended,
 * Staging, Proving, Stopped, Starting; a failure Stable, Recovering, Stopped, Starting.
 */
public sealed interface Phase {
    /** One method per kind. */
    interface Handler<R> {
        R absent(Absent phase);

        R staging(Staging phase);

        R stopping(Stopping phase);

        R cancelling(Cancelling phase);

        R recovering(Recovering phase);

        R proving(Proving phase);

        R stopped(Stopped phase);

        R starting(Starting phase);

        R verifying(Verifying phase);

        R stable(Stable phase);

        R suspended(Suspended phase);

        R finished(Finished phase);

        R blocked(Blocked phase);
    }

    <R> R accept(Handler<R> handler);

    /**
     * Nothing runs and nothing was started, or the job was removed.
     *
     * @param since when the removal was complete
     */
    record Absent(Optional<Instant> since) implements Phase {
        public Absent {
            requireNonNull(since, "since is null");
        }

        /** Never started. */
        public Absent() {
            this(Optional.empty());
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.absent(this);
        }
    }

    /**
     * Artifacts are brought to the cluster; a running attempt still runs.
     *
     * @param before the phase that staging returns to, and by which the job is judged meanwhile
     */
    record Staging(EffectiveJob target, Phase before, Instant since) implements Phase {
        public Staging {
            requireNonNull(target, "target is null");
            requireNonNull(before, "before is null");
            requireNonNull(since, "since is null");
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.staging(this);
        }
    }

    /**
     * A stop with a savepoint was asked for, or is about to be.
     *
     * @param directory target directory of this try, relative to the cluster's state directory
     * @param tryNumber from 1; grows only after a try is proven finished without a location
     * @param plan id of the wish that asked for the stop
     * @param before the phase to return to when the savepoint fails and the job runs on
     */
    record Stopping(
            TriggerId trigger,
            String directory,
            int tryNumber,
            String plan,
            SavepointFormat format,
            Phase before,
            Instant since)
            implements Phase {
        public Stopping {
            requireNonNull(trigger, "trigger is null");
            requireNonNull(directory, "directory is null");
            requireNonNull(plan, "plan is null");
            requireNonNull(format, "format is null");
            requireNonNull(before, "before is null");
            requireNonNull(since, "since is null");
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.stopping(this);
        }
    }

    /** A cancel was asked for, because no savepoint can be taken and the spec or a person allows it. */
    record Cancelling(RestoreFrom fallback, Instant since) implements Phase {
        public Cancelling {
            requireNonNull(fallback, "fallback is null");
            requireNonNull(since, "since is null");
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.cancelling(this);
        }
    }

    /**
     * The newest attempt ended without a planned stop, or the ledger was not in use for a while: it
     * is proven that nothing runs, then storage is searched for the newest state.
     *
     * @param absent nothing runs, proven in this phase
     * @param search what the search of storage found, once it was made
     */
    record Recovering(Reason reason, boolean absent, Optional<Search> search, Instant since)
            implements Phase {
        public Recovering {
            requireNonNull(reason, "reason is null");
            requireNonNull(search, "search is null");
            requireNonNull(since, "since is null");
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.recovering(this);
        }
    }

    /** A complete search of storage: the newest pointer of all attempts, or none exists. */
    record Search(Optional<StatePointer> newest) {
        public Search {
            requireNonNull(newest, "newest is null");
        }
    }

    /** The state to go on from is known; that nothing runs is proven anew. */
    record Proving(RestoreFrom state, Instant since) implements Phase {
        public Proving {
            requireNonNull(state, "state is null");
            requireNonNull(since, "since is null");
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.proving(this);
        }
    }

    /** The attempt is proven to have ended; the state to go on from is known. */
    record Stopped(RestoreFrom state, Instant since) implements Phase {
        public Stopped {
            requireNonNull(state, "state is null");
            requireNonNull(since, "since is null");
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.stopped(this);
        }
    }

    /** A start was asked for, or is about to be: the id is fixed for all its retries. */
    record Starting(JobId id, RestoreFrom from, Instant since) implements Phase {
        public Starting {
            requireNonNull(id, "id is null");
            requireNonNull(from, "from is null");
            requireNonNull(since, "since is null");
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.starting(this);
        }
    }

    /**
     * The cluster accepted the attempt; the restored path and the soak are not proven yet.
     *
     * @param wellSince since when every look found all vertices running
     * @param restarts how often the attempt had restarted then; 0 while it is not well
     * @param interval how far apart Flink says that checkpoints of the attempt are, once it has said so
     */
    record Verifying(
            JobId id,
            RestoreFrom from,
            Optional<Instant> wellSince,
            long restarts,
            Optional<Duration> interval,
            Instant since)
            implements Phase {
        public Verifying {
            requireNonNull(id, "id is null");
            requireNonNull(from, "from is null");
            requireNonNull(wellSince, "wellSince is null");
            requireNonNull(interval, "interval is null");
            requireNonNull(since, "since is null");
        }

        /** The same of an attempt that has not restarted, and of whose checkpoints Flink said nothing. */
        public Verifying(JobId id, RestoreFrom from, Optional<Instant> wellSince, Instant since) {
            this(id, from, wellSince, 0, Optional.empty(), since);
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.verifying(this);
        }
    }

    /** The attempt restored what was planned and ran well for the soak. */
    record Stable(JobId id, Instant since) implements Phase {
        public Stable {
            requireNonNull(id, "id is null");
            requireNonNull(since, "since is null");
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.stable(this);
        }
    }

    /** Stopped on purpose, to be resumed from this state. */
    record Suspended(RestoreFrom state, Instant since) implements Phase {
        public Suspended {
            requireNonNull(state, "state is null");
            requireNonNull(since, "since is null");
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.suspended(this);
        }
    }

    /** A bounded job ended with success. */
    record Finished(JobId id, Instant since) implements Phase {
        public Finished {
            requireNonNull(id, "id is null");
            requireNonNull(since, "since is null");
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.finished(this);
        }
    }

    /**
     * A person must act, and what to do. Nothing is started or stopped meanwhile.
     *
     * @param advice the next step for a person
     * @param before where the job was when it was blocked
     * @param spec digest of the spec that was wished for; another one lifts most blocks
     */
    record Blocked(
            Reason reason,
            String text,
            String advice,
            Phase before,
            Optional<Digest> spec,
            Instant since)
            implements Phase {
        public Blocked {
            requireNonNull(reason, "reason is null");
            requireNonNull(text, "text is null");
            requireNonNull(advice, "advice is null");
            requireNonNull(before, "before is null");
            requireNonNull(spec, "spec is null");
            requireNonNull(since, "since is null");
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.blocked(this);
        }
    }

    /** The word for tables and the journal: the record's simple name. */
    default String word() {
        return getClass().getSimpleName();
    }
}
