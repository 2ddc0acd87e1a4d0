// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Hold;
import dev.sluice.plan.Reason;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.Ownership;
import dev.sluice.spec.observed.StatePointer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One job as the fleet table shows it.
 *
 * @param ownership empty while no valid specification of the job was ever read
 * @param target empty likewise
 * @param state newest completed checkpoint or savepoint of the live lineage
 * @param links in the order of the specification
 * @param lookedAt when the cluster last told of its checkpoints; a stable job is asked in turns only
 * @param holds why something does not happen yet; empty when nothing waits
 */
public record FleetRow(
        JobKey key,
        Optional<Ownership> ownership,
        Status status,
        Optional<Target> target,
        Revision revision,
        Attempt attempt,
        Optional<StatePointer> state,
        List<Link> links,
        List<Hold> holds,
        Optional<Instant> lookedAt) {
    private static final Duration RECENT = Duration.ofMinutes(1);

    /**
     * Where the job stands.
     *
     * @param phase word of the journal's phase, see {@link dev.sluice.plan.Phase#word()}
     * @param since when the phase began
     */
    public record Status(StatusWords words, Reason reason, String phase, Instant since) {
        public Status {
            requireNonNull(words, "words is null");
            requireNonNull(reason, "reason is null");
            requireNonNull(phase, "phase is null");
            requireNonNull(since, "since is null");
        }

        public Sync sync() {
            return words.sync();
        }

        public Health health() {
            return words.health();
        }
    }

    /** Where the newest attempt runs or ran, or where the first one will. */
    public record Target(String flinkVersion, String cluster, int parallelism) {
        public Target {
            requireNonNull(flinkVersion, "flinkVersion is null");
            requireNonNull(cluster, "cluster is null");
        }
    }

    /**
     * Which commits it belongs to.
     *
     * @param running commit that started the running attempt
     * @param desired followed commit that declares the job; empty when its file is gone
     */
    public record Revision(Optional<CommitId> running, Optional<CommitId> desired) {
        public Revision {
            requireNonNull(running, "running is null");
            requireNonNull(desired, "desired is null");
        }

        /** True when the job runs, but not from the followed commit. */
        public boolean isBehind() {
            return running.isPresent() && !running.equals(desired);
        }
    }

    /**
     * The newest attempt.
     *
     * @param number 0 before the first start
     * @param id Flink job id of that attempt
     */
    public record Attempt(int number, Optional<JobId> id) {
        public Attempt {
            requireNonNull(id, "id is null");
        }
    }

    public FleetRow {
        requireNonNull(key, "key is null");
        requireNonNull(ownership, "ownership is null");
        requireNonNull(status, "status is null");
        requireNonNull(target, "target is null");
        requireNonNull(revision, "revision is null");
        requireNonNull(attempt, "attempt is null");
        requireNonNull(state, "state is null");
        links = List.copyOf(links);
        holds = List.copyOf(holds);
        requireNonNull(lookedAt, "lookedAt is null");
    }

    /** A job at which nobody has looked closely in this process. */
    public FleetRow(
            JobKey key,
            Optional<Ownership> ownership,
            Status status,
            Optional<Target> target,
            Revision revision,
            Attempt attempt,
            Optional<StatePointer> state,
            List<Link> links,
            List<Hold> holds) {
        this(
                key,
                ownership,
                status,
                target,
                revision,
                attempt,
                state,
                links,
                holds,
                Optional.empty());
    }

    /** When its checkpoints were last asked for, if that was a while before now. */
    public Optional<Instant> oldLook(Instant now) {
        return lookedAt.filter(at -> at.isBefore(now.minus(RECENT)));
    }
}
