// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import dev.sluice.plan.Adoptable;
import dev.sluice.plan.AdoptedJob;
import dev.sluice.plan.Desired;
import dev.sluice.plan.Hold;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Reason;
import dev.sluice.plan.Surroundings;
import dev.sluice.plan.admit.Circumstances;
import dev.sluice.plan.admit.HouseRules;
import dev.sluice.reconcile.loop.Board;
import dev.sluice.reconcile.schedule.MaintenanceTimes;
import dev.sluice.reconcile.text.Ages;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Lineage;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.read.CommitReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The inputs of a plan against what a controller remembers: records from its journal, and what the
 * clusters showed when it last asked them. No cluster is asked now.
 */
public final class MemoryComparison {
    /** A running controller keeps a look this often; an older one may be of before a change. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Board board;
    private final CommitReading head;
    private final HeadJobs words;
    private final SourceLines lines;
    private final HouseRules rules;
    private final Function<JobKey, List<Duration>> downtimes;
    private final Instant now;

    private MemoryComparison(
            Board board,
            CommitReading head,
            Function<JobKey, List<Duration>> downtimes,
            Instant now) {
        this.board = board;
        this.head = head;
        this.words = new HeadJobs(head);
        this.lines = new SourceLines(head);
        this.rules = new HouseRules(head.environment(), now);
        this.downtimes = downtimes;
        this.now = now;
    }

    /**
     * The inputs; the head's environment must be valid.
     *
     * @param inForce the commit the controller follows, when it can be read
     * @param downtimes how long earlier restarts of a job took, newest first; asked for changed jobs
     *     that the board knows only
     */
    public static PlanInputs of(
            String environment,
            Board board,
            Optional<CommitReading> inForce,
            CommitReading head,
            Function<JobKey, List<Duration>> downtimes,
            Instant now) {
        MemoryComparison comparison = new MemoryComparison(board, head, downtimes, now);
        List<JobInput> jobs = comparison.keys().stream().map(comparison::input).toList();
        return new PlanInputs(
                environment,
                Optional.empty(),
                head.commit(),
                now,
                jobs,
                inForce.map(base -> ChangedVariables.between(base, head)).orElse(List.of()),
                comparison.circumstances(jobs));
    }

    private Circumstances circumstances(List<JobInput> jobs) {
        SortedMap<JobKey, Desired> wishes = new TreeMap<>();
        jobs.forEach(job -> job.wanted().ifPresent(wish -> wishes.put(job.key(), wish)));
        return rules.circumstances(
                head.environment()
                        .map(environment -> MaintenanceTimes.of(environment).around(now))
                        .orElseGet(TreeMap::new),
                wishes,
                jobs.stream()
                        .flatMap(job -> job.wanted().stream()
                                .flatMap(wish -> said(job.key(), wish).stream()))
                        .toList());
    }

    private SortedSet<JobKey> keys() {
        SortedSet<JobKey> keys = new TreeSet<>(board.jobs().keySet());
        keys.addAll(head.jobs().keySet());
        keys.addAll(head.invalid().keySet());
        return keys;
    }

    private JobInput input(JobKey key) {
        Optional<Board.JobNotice> notice = board.job(key);
        JobRecord record =
                notice.map(Board.JobNotice::record).orElseGet(() -> JobRecord.fresh(key));
        Observed observed = notice.map(Board.JobNotice::observed).orElseGet(() -> unseen(key));
        Optional<Desired> wanted = words.wanted(key, notice.flatMap(Board.JobNotice::wanted));
        return new JobInput(
                key,
                Optional.empty(),
                Optional.of(new JobInput.Remembrance(record, observed)),
                wanted,
                wanted.map(word -> around(key, word)).orElse(Surroundings.QUIET),
                waiting(key, record, observed),
                Optional.ofNullable(head.jobs().get(key))
                        .map(job -> lines.of(job, record.deployed().map(EffectiveJob::spec)))
                        .orElseGet(Collections::emptySortedMap),
                remarks(key, observed),
                isAsWanted(record, wanted) || notice.isEmpty() ? List.of() : downtimes.apply(key));
    }

    /** A job that no controller ever had: only its name can have been seen. */
    private Observed unseen(JobKey key) {
        Optional<Board.ClusterNotice> cluster = Optional.ofNullable(head.jobs().get(key))
                .map(job -> job.spec().flink().cluster())
                .flatMap(name -> Optional.ofNullable(board.clusters().get(name)));
        if (cluster.isEmpty()) {
            return new Observed.Unknown(now, "its cluster was not asked yet");
        }
        Instant at = cluster.get().observation().at();
        return cluster.get()
                .observation()
                .unreachable()
                .<Observed>map(why -> new Observed.Unknown(at, why))
                .orElseGet(() -> new Observed.NotListed(at, sameName(cluster.get(), key)));
    }

    private static List<LiveJob> sameName(Board.ClusterNotice cluster, JobKey key) {
        return cluster.unmanaged().stream()
                .filter(job -> job.name().equals(key.display()))
                .toList();
    }

    private Surroundings around(JobKey key, Desired wanted) {
        Optional<EffectiveJob> job = Optional.ofNullable(head.jobs().get(key));
        return new Surroundings(
                Optional.empty(),
                job.map(EffectiveJob::spec)
                        .flatMap(JobSpec::formerKey)
                        .or(() -> board.job(key).flatMap(known -> known.record().heirOf()))
                        .flatMap(board::job)
                        .map(Board.JobNotice::record),
                job.flatMap(this::adoptable)
                        .<Adoptable>map(Adoptable.Free::new)
                        .orElseGet(Adoptable.Unseen::new),
                rules.of(key, wanted, said(key, wanted)),
                job.map(target -> board.headroom(target.spec().flink()))
                        .orElse(Surroundings.QUIET.headroom()));
    }

    private static boolean isAsWanted(JobRecord record, Optional<Desired> wanted) {
        return record.deployed()
                .map(EffectiveJob::digest)
                .filter(digest -> wanted.filter(wish -> digest.brief().equals(wish.plan()))
                        .isPresent())
                .isPresent();
    }

    /** Commits that say the wish: the planned one, and the one that the controller had it from. */
    private List<CommitId> said(JobKey key, Desired wanted) {
        List<CommitId> commits = new ArrayList<>();
        commits.add(head.commit());
        board.job(key)
                .flatMap(Board.JobNotice::wanted)
                .filter(known -> known.plan().equals(wanted.plan()))
                .ifPresent(known -> commits.add(known.commit()));
        return commits;
    }

    private Optional<LiveJob> adoptable(EffectiveJob job) {
        return job.spec()
                .lineage()
                .adopt()
                .flatMap(Lineage.Adopt::jobId)
                .flatMap(id ->
                        Optional.ofNullable(
                                        board.clusters().get(job.spec().flink().cluster()))
                                .stream()
                                .flatMap(cluster -> cluster.unmanaged().stream())
                                .filter(live -> live.id().equals(id))
                                .findFirst());
    }

    /** Mistakes, and how an adopted job runs otherwise than git says until its next start. */
    private List<Hold> waiting(JobKey key, JobRecord record, Observed observed) {
        List<Hold> waiting = new ArrayList<>(words.mistakes(key));
        Optional<String> difference = record.isAdopted()
                ? AdoptedJob.difference(record, live(record, observed))
                : Optional.ofNullable(head.jobs().get(key))
                        .flatMap(job -> adoptable(job)
                                .flatMap(live -> AdoptedJob.difference(job.spec(), live)));
        difference.ifPresent(text -> waiting.add(new Hold(
                Reason.Adopting,
                "the job is adopted as it runs: " + text + "; its next start follows the spec")));
        return waiting;
    }

    private static Optional<LiveJob> live(JobRecord record, Observed observed) {
        return observed instanceof Observed.Present present
                ? present.attempts().stream()
                        .filter(job ->
                                record.currentId().filter(job.id()::equals).isPresent())
                        .findFirst()
                : Optional.empty();
    }

    private List<String> remarks(JobKey key, Observed observed) {
        List<String> remarks = new ArrayList<>(words.warnings(key));
        if (Duration.between(observed.at(), now).compareTo(FRESH) > 0) {
            remarks.add("judged by a look at the cluster that is " + Ages.of(observed.at(), now)
                    + " old, of " + observed.at());
        }
        return remarks;
    }
}
