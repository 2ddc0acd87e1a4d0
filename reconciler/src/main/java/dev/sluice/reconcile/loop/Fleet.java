// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.Claim;
import dev.sluice.plan.Adoptable;
import dev.sluice.plan.Allowance;
import dev.sluice.plan.Decision;
import dev.sluice.plan.Desired;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Surroundings;
import dev.sluice.reconcile.journal.FencingToken;
import dev.sluice.reconcile.journal.JobMemory;
import dev.sluice.reconcile.journal.StoredJob;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.Headroom;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.read.CommitReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All desks of an environment, and the only way from them to the journal. */
final class Fleet {
    private final JobMemory journal;
    private final Board board;
    private final Checkup checkup;
    private final SortedMap<JobKey, Desk> desks = new TreeMap<>();
    private final Set<JobId> claimed = new HashSet<>();

    Fleet(JobMemory journal, Board board) {
        this(journal, board, Checkup.NONE);
    }

    Fleet(JobMemory journal, Board board, Checkup checkup) {
        this.checkup = requireNonNull(checkup, "checkup is null");
        this.journal = requireNonNull(journal, "journal is null");
        this.board = requireNonNull(board, "board is null");
    }

    /**
     * Puts everything the journal remembers on the desks. A new leader does so again: what it knows
     * from before its lease may be older than what its predecessor did.
     */
    void load(Instant now) {
        Map<JobKey, StoredJob> shown = new HashMap<>();
        journal.jobs().forEach(job -> shown.put(job.record().key(), job));
        for (JobRecord record : journal.records()) {
            Desk known = desks.get(record.key());
            if (known == null) {
                open(Desk.remembered(record, shown.get(record.key()), now));
            } else {
                remember(known, record);
                known.lookAgain();
            }
        }
    }

    /** Reads one record anew, after the journal said that it knows a newer one. */
    void refresh(Desk desk) {
        remember(desk, journal.record(desk.key()));
        desk.lookAgain();
    }

    /** A job that ran once, of which the commit has no valid spec, and nothing else is wanted yet. */
    boolean lacksWish(CommitReading reading) {
        return reading.invalid().keySet().stream()
                .map(desks::get)
                .anyMatch(desk -> desk != null
                        && desk.wanted().isEmpty()
                        && desk.record().deployed().isPresent());
    }

    /** Wants what was last good of jobs for which nothing is wanted yet. */
    void wantLastGood(SortedMap<JobKey, EffectiveJob> jobs, Instant now) {
        jobs.forEach((key, job) -> {
            Desk desk = opened(key, now);
            if (desk.wanted().isEmpty()) {
                desk.want(job);
                publish(desk);
            }
        });
    }

    private Desk opened(JobKey key, Instant now) {
        Desk known = desks.get(key);
        return known == null ? open(Desk.fresh(key, now)) : known;
    }

    private Desk open(Desk desk) {
        desks.put(desk.key(), desk);
        claimed.addAll(desk.watched());
        return desk;
    }

    /** Takes over what this controller did itself, and says so in the log. */
    private void take(Desk desk, JobRecord next) {
        Chronicle.moved(desk.record(), next);
        remember(desk, next);
    }

    private void remember(Desk desk, JobRecord next) {
        boolean moved = !next.phase().equals(desk.record().phase());
        boolean isNewAttempt = !next.hasAttemptsOf(desk.record());
        desk.remember(next);
        if (isNewAttempt) {
            claimed.addAll(desk.watched());
        }
        if (moved) {
            // An heir waits for its predecessor to stop, and nothing of its own would tell it.
            desks.values().stream()
                    .filter(other -> other.isHeirOf(desk.key()))
                    .forEach(Desk::lookAgain);
        }
    }

    Desk desk(JobKey key) {
        Desk desk = desks.get(key);
        if (desk == null) {
            throw new IllegalStateException("a step ended for a job that has no desk: " + key);
        }
        return desk;
    }

    /**
     * Takes over what a commit wants. A job whose spec is invalid keeps what was wanted before; a job
     * the commit no longer names is wanted gone, unless a file that nobody could read may be its own.
     */
    void want(CommitReading reading, Instant now) {
        reading.jobs().forEach((key, job) -> {
            Desk desk = opened(key, now);
            desk.want(job);
            desk.mistaken(List.of());
            publish(desk);
        });
        // A job that never had a valid spec has a desk too: people must see that somebody wants it.
        reading.invalid().keySet().forEach(key -> opened(key, now));
        for (Desk desk : desks.values()) {
            if (!reading.jobs().containsKey(desk.key())) {
                desk.mistaken(SpecMistakes.of(reading, desk.key()));
                publish(desk);
            }
        }
        if (!reading.absenceIsCertain()) {
            return;
        }
        desks.values().stream()
                .filter(desk -> !reading.jobs().containsKey(desk.key()))
                .filter(desk -> !reading.invalid().containsKey(desk.key()))
                .forEach(desk -> desk.wantGone(reading.commit()));
    }

    void see(ClusterObservation observation) {
        Sightings sightings = new Sightings(observation);
        desks.values().stream().filter(desk -> desk.isOn(observation.cluster())).forEach(desk -> {
            desk.see(sightings.of(desk.key(), desk.watched()));
            if (Candidates.adopts(desk).isPresent()) {
                // What is seen of the job to adopt is no part of what is seen of the desk's own.
                desk.lookAgain();
            }
            publish(desk);
        });
    }

    Collection<Desk> desks() {
        return Collections.unmodifiableCollection(desks.values());
    }

    /**
     * What a decision on a job may need of the others and of its cluster.
     *
     * @param claims whose a job is that shall be adopted
     * @param allowances what a person has allowed for the present wish
     */
    Surroundings surroundings(
            Desk desk, Function<JobId, Optional<Claim>> claims, List<Allowance> allowances) {
        Adoptable adoptable = new Candidates(board, desks.values(), claims).of(desk);
        Headroom headroom = desk.wantedJob()
                .map(job -> board.headroom(job.spec().flink()))
                .orElse(Surroundings.QUIET.headroom());
        return new Surroundings(desk.due(), predecessor(desk), adoptable, allowances, headroom);
    }

    private Optional<JobRecord> predecessor(Desk desk) {
        return desk.wantedJob()
                .flatMap(job -> job.spec().formerKey())
                .or(() -> desk.record().heirOf())
                .map(desks::get)
                .map(Desk::record);
    }

    /** True when the id is an attempt, remembered or possible, of any job here. */
    boolean isClaimed(JobId id) {
        return claimed.contains(id);
    }

    List<Desk> due(Instant now) {
        return desks.values().stream().filter(desk -> desk.isDue(now)).toList();
    }

    /** A call for a job of the cluster is under way. */
    boolean isBusy(String cluster) {
        return desks.values().stream().anyMatch(desk -> desk.isBusyOn(cluster));
    }

    /** A job runs on the cluster, or is on its way to run there again. */
    boolean livesOn(String cluster) {
        return desks.values().stream().anyMatch(desk -> desk.livesOn(cluster));
    }

    /** What git wants of the jobs that live on the cluster, each as that commit says it. */
    List<Desired> wishesOn(String cluster, CommitId commit) {
        return desks.values().stream()
                .filter(desk -> desk.livesOn(cluster))
                .map(desk -> desk.wantedJob()
                        .<Desired>map(job -> new Desired.Specified(commit, job))
                        .orElseGet(() -> new Desired.Removed(commit)))
                .toList();
    }

    /** The commits of the specs that run, or are on their way to run, on each cluster. */
    SortedMap<String, List<CommitId>> startedOn() {
        SortedMap<String, List<CommitId>> commits = new TreeMap<>();
        for (Desk desk : desks.values()) {
            desk.record()
                    .deployed()
                    .filter(job -> desk.livesOn(job.spec().flink().cluster()))
                    .ifPresent(job -> commits.computeIfAbsent(
                                    job.spec().flink().cluster(), name -> new ArrayList<>())
                            .add(job.commit()));
        }
        return commits;
    }

    /** Names of the jobs that live on the cluster, in order. */
    String namesOn(String cluster) {
        return desks.values().stream()
                .filter(desk -> desk.livesOn(cluster))
                .map(desk -> desk.key().display())
                .collect(Collectors.joining(", "));
    }

    /**
     * A job on the cluster is on its way from one settled phase to another, or waits for the first look:
     * the last one is of before anybody asked for the job, and proves nothing of it.
     */
    boolean isMoving(String cluster) {
        return desks.values().stream()
                .anyMatch(desk -> desk.isOn(cluster) && (desk.isMoving() || desk.isUnseen()));
    }

    /**
     * Jobs of the cluster whose checkpoints and vertices are asked for now, with their attempts: all
     * that move, and of the stable ones whose turn it is.
     *
     * @param turns how many stable jobs at most, whatever their number
     */
    Map<JobId, Integer> detailed(String cluster, Instant now, int turns) {
        List<Desk> here =
                desks.values().stream().filter(desk -> desk.isOn(cluster)).toList();
        Stream<Desk> resting = here.stream()
                .filter(desk -> desk.mayHaveDetail(now))
                .sorted(Comparator.comparing(desk -> desk.closeLook().askedAt()))
                .limit(turns);
        SortedMap<JobId, Integer> wanted = new TreeMap<>();
        Stream.concat(here.stream().filter(Desk::needsDetail), resting).forEach(desk -> {
            desk.closeLook().asked(now);
            wanted.put(desk.currentId(), desk.record().attempt());
        });
        toAdopt(cluster).forEach(id -> wanted.putIfAbsent(id, 0));
        return wanted;
    }

    /** Jobs of the cluster that shall be adopted and were not yet. */
    Set<JobId> toAdopt(String cluster) {
        return desks.values().stream()
                .filter(desk -> desk.isOn(cluster))
                .flatMap(desk -> Candidates.adopts(desk).stream())
                .collect(Collectors.toSet());
    }

    /** The earliest moment a job wants to be looked at again. */
    Instant wakeAt() {
        return desks.values().stream()
                .map(Desk::wakeAt)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    /** Stores what a decision without a step changed, if it changed anything. */
    void remember(Desk desk, Decision decision, FencingToken token, Instant now) {
        if (!decision.next().equals(desk.record()) || desk.saysAnew(decision)) {
            journal.store(token, List.of(decision), desk.commit(), now);
            Chronicle.held(desk, decision);
            take(desk, decision.next());
        }
    }

    void publishAll() {
        desks.values().forEach(this::publish);
    }

    /** Puts what the desk says on the board. */
    void publish(Desk desk) {
        board.post(desk.notice().with(checkup.of(desk)));
    }

    /** Makes the intent of a step durable; the same step still open is the same intent. */
    OpenStep intend(Desk desk, Decision decision, FencingToken token, Instant now) {
        long intent = journal.intend(token, decision, desk.commit(), now);
        Chronicle.held(desk, decision);
        take(desk, decision.next());
        return new OpenStep(intent, decision.step().orElseThrow(), decision.next(), now);
    }

    /**
     * Stores what came of a step. The desk goes on with the new record even when the journal cannot
     * take it: the outcome is then in an emergency file, and forgetting it here would lose it twice.
     */
    void record(Desk desk, JobRecord next, Outcome outcome, Instant now) {
        long intent = desk.open().orElseThrow().intent();
        take(desk, next);
        journal.complete(intent, next, outcome, now);
    }
}
