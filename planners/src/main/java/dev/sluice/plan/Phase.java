// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.TriggerId;
import dev.sluice.spec.UpgradePolicy.SavepointFormat;
import dev.sluice.spec.observed.RestoreFrom;
import java.time.Instant;

/**
 * Where a job is on its way: the middle state that the journal keeps. The next decision continues
 * from here, whether a tick, a crash or a lost answer came in between.
 *
 * <p>Ordinary way: Absent, Staging, Starting, Verifying, Stable; an upgrade goes Stable, Staging,
 * Stopping, Stopped, Starting, Verifying, Stable; a suspension Stable, Stopping, Suspended.
 */
public sealed interface Phase {
    /** Nothing runs and nothing was started, or the job was removed. */
    record Absent() implements Phase {}

    /** Artifacts are brought to the cluster; a running attempt still runs. */
    record Staging(EffectiveJob target, Instant since) implements Phase {
        public Staging {
            requireNonNull(target, "target is null");
            requireNonNull(since, "since is null");
        }
    }

    /**
     * A stop with a savepoint was asked for, or is about to be.
     *
     * @param directory target directory of this try, relative to the cluster's state directory
     * @param tryNumber from 1; grows only after a try is proven finished without a location
     */
    record Stopping(
            TriggerId trigger,
            String directory,
            int tryNumber,
            String plan,
            SavepointFormat format,
            Instant since)
            implements Phase {
        public Stopping {
            requireNonNull(trigger, "trigger is null");
            requireNonNull(directory, "directory is null");
            requireNonNull(plan, "plan is null");
            requireNonNull(format, "format is null");
            requireNonNull(since, "since is null");
        }
    }

    /** A cancel was asked for, because no savepoint can be taken and the spec or a person allows it. */
    record Cancelling(RestoreFrom fallback, Instant since) implements Phase {
        public Cancelling {
            requireNonNull(fallback, "fallback is null");
            requireNonNull(since, "since is null");
        }
    }

    /** The attempt is proven to have ended; the state to go on from is known. */
    record Stopped(RestoreFrom state, Instant since) implements Phase {
        public Stopped {
            requireNonNull(state, "state is null");
            requireNonNull(since, "since is null");
        }
    }

    /** A start was asked for, or is about to be: the id is fixed for all its retries. */
    record Starting(JobId id, RestoreFrom from, Instant since) implements Phase {
        public Starting {
            requireNonNull(id, "id is null");
            requireNonNull(from, "from is null");
            requireNonNull(since, "since is null");
        }
    }

    /** The cluster accepted the attempt; the restored path and the soak are not proven yet. */
    record Verifying(JobId id, RestoreFrom from, Instant since) implements Phase {
        public Verifying {
            requireNonNull(id, "id is null");
            requireNonNull(from, "from is null");
            requireNonNull(since, "since is null");
        }
    }

    /** The attempt restored what was planned and ran well for the soak. */
    record Stable(JobId id, Instant since) implements Phase {
        public Stable {
            requireNonNull(id, "id is null");
            requireNonNull(since, "since is null");
        }
    }

    /** Stopped on purpose, to be resumed from this state. */
    record Suspended(RestoreFrom state, Instant since) implements Phase {
        public Suspended {
            requireNonNull(state, "state is null");
            requireNonNull(since, "since is null");
        }
    }

    /** A bounded job ended with success. */
    record Finished(JobId id, Instant since) implements Phase {
        public Finished {
            requireNonNull(id, "id is null");
            requireNonNull(since, "since is null");
        }
    }

    /**
     * A person must act, and what to do. Nothing is started or stopped meanwhile.
     *
     * @param advice the next step for a person
     */
    record Blocked(Reason reason, String text, String advice, Phase before, Instant since)
            implements Phase {
        public Blocked {
            requireNonNull(reason, "reason is null");
            requireNonNull(text, "text is null");
            requireNonNull(advice, "advice is null");
            requireNonNull(before, "before is null");
            requireNonNull(since, "since is null");
        }
    }

    /** The word for tables and the journal: the record's simple name. */
    default String word() {
        return getClass().getSimpleName();
    }
}
