// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Desired;
import dev.sluice.plan.Hold;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Reason;
import dev.sluice.plan.Step;
import dev.sluice.reconcile.journal.Leadership;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.Headroom;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import dev.sluice.web.view.MetricsSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * The loop's notice board: what it knows, for anybody to read at any time without waiting for it.
 * Only the loop writes. Each notice is immutable; two notices may be a moment apart.
 */
public final class Board {
    /**
     * One job as the loop last saw it.
     *
     * @param complaints a sentence for each health rule that the job breaks
     * @param lookedAt when its checkpoints and vertices were last asked for
     * @param underWay the step that the loop decided last and that has not ended; empty where the job
     *     waits, or nothing is to be done
     */
    public record JobNotice(
            JobRecord record,
            Optional<Desired> wanted,
            Observed observed,
            List<Hold> holds,
            Reason reason,
            List<String> complaints,
            Optional<Instant> lookedAt,
            Optional<Step> underWay) {
        public JobNotice {
            requireNonNull(record, "record is null");
            requireNonNull(wanted, "wanted is null");
            requireNonNull(observed, "observed is null");
            holds = List.copyOf(holds);
            requireNonNull(reason, "reason is null");
            complaints = List.copyOf(complaints);
            requireNonNull(lookedAt, "lookedAt is null");
            requireNonNull(underWay, "underWay is null");
        }

        /** A job that breaks no health rule, never looked at closely, for which nothing is done. */
        public JobNotice(
                JobRecord record,
                Optional<Desired> wanted,
                Observed observed,
                List<Hold> holds,
                Reason reason) {
            this(
                    record,
                    wanted,
                    observed,
                    holds,
                    reason,
                    List.of(),
                    Optional.empty(),
                    Optional.empty());
        }

        JobNotice with(List<String> found) {
            return new JobNotice(
                    record, wanted, observed, holds, reason, found, lookedAt, underWay);
        }
    }

    /**
     * Where git stands.
     *
     * @param commit newest commit in force
     * @param subject first line of its message
     * @param answeredAt when the repository last answered
     * @param trouble why the newest commit or fetch is not in force
     * @param findings errors and warnings of the newest commit read
     */
    public record GitNotice(
            Optional<CommitId> commit,
            String subject,
            Optional<Instant> answeredAt,
            Optional<String> trouble,
            List<SpecError> findings) {
        public static final GitNotice NOTHING_YET =
                new GitNotice(Optional.empty(), "", Optional.empty(), Optional.empty(), List.of());

        public GitNotice {
            requireNonNull(commit, "commit is null");
            requireNonNull(subject, "subject is null");
            requireNonNull(answeredAt, "answeredAt is null");
            requireNonNull(trouble, "trouble is null");
            findings = List.copyOf(findings);
        }
    }

    /**
     * Where a cluster stands.
     *
     * @param since when its reach became what it is
     * @param unmanaged live jobs there that nobody claims
     */
    public record ClusterNotice(
            String kind, ClusterObservation observation, Instant since, List<LiveJob> unmanaged) {
        public ClusterNotice {
            requireNonNull(kind, "kind is null");
            requireNonNull(observation, "observation is null");
            requireNonNull(since, "since is null");
            unmanaged = List.copyOf(unmanaged);
        }
    }

    private final Map<JobKey, JobNotice> jobs = new ConcurrentSkipListMap<>();
    private final Map<String, ClusterNotice> clusters = new ConcurrentSkipListMap<>();
    private final AtomicReference<GitNotice> git = new AtomicReference<>(GitNotice.NOTHING_YET);
    private final AtomicReference<Optional<Leadership>> leadership =
            new AtomicReference<>(Optional.empty());

    private final Counts counts = new Counts();

    Counts counts() {
        return counts;
    }

    /** What the loop has done since it started, in numbers. */
    public MetricsSnapshot metrics() {
        return counts.snapshot();
    }

    void post(JobNotice notice) {
        jobs.put(notice.record().key(), notice);
        changed();
    }

    private synchronized void changed() {
        notifyAll();
    }

    /**
     * Waits until the board says something.
     *
     * @return false when it did not in time
     * @throws InterruptedException when the waiting thread is asked to end
     */
    public synchronized boolean await(Predicate<Board> condition, Duration atMost)
            throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.test(this)) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    void post(ClusterNotice notice) {
        clusters.put(notice.observation().cluster(), notice);
        changed();
    }

    /** Clusters out of force are told no more. */
    void keepClusters(List<String> inForce) {
        clusters.keySet().retainAll(inForce);
        changed();
    }

    void post(GitNotice notice) {
        git.set(notice);
        changed();
    }

    void post(Optional<Leadership> notice) {
        leadership.set(notice);
    }

    /** Every job known, by key. */
    public SortedMap<JobKey, JobNotice> jobs() {
        return new TreeMap<>(jobs);
    }

    public Optional<JobNotice> job(JobKey key) {
        return Optional.ofNullable(jobs.get(key));
    }

    /** Every cluster asked so far, by name. */
    public SortedMap<String, ClusterNotice> clusters() {
        return new TreeMap<>(clusters);
    }

    /** What the last look says of the room for a job with this target. */
    public Headroom headroom(FlinkTarget target) {
        return Optional.ofNullable(clusters.get(target.cluster()))
                .map(notice -> notice.observation().headroom(target))
                .orElseGet(() ->
                        new Headroom.Unknown("cluster " + target.cluster() + " was not asked yet"));
    }

    public GitNotice git() {
        return git.get();
    }

    /** Empty before the lease was asked for the first time. */
    public Optional<Leadership> leadership() {
        return leadership.get();
    }
}
