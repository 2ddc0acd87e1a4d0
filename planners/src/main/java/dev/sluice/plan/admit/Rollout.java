// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.admit;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Decision;
import dev.sluice.plan.Desired;
import dev.sluice.plan.Hold;
import dev.sluice.plan.Projected;
import dev.sluice.plan.Reason;
import dev.sluice.spec.JobKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The order in which the jobs of a plan begin, and which of them do not: admission, played on paper
 * round after round. What a round admits goes well and makes room for the next.
 */
public final class Rollout {
    /** A job with its plan. */
    public record Entry(Desired desired, Projected projected) {
        public Entry {
            requireNonNull(desired, "desired is null");
            requireNonNull(projected, "projected is null");
        }
    }

    /**
     * The outcome.
     *
     * @param waves jobs that begin together, by key; a wave begins when room is made by those before
     * @param later jobs that begin after the last wave that was played
     * @param held why the others do not begin, however well the waves go
     */
    public record Order(
            List<List<JobKey>> waves, List<JobKey> later, SortedMap<JobKey, Hold> held) {
        public Order {
            waves = waves.stream().map(List::copyOf).toList();
            later = List.copyOf(later);
            held = Collections.unmodifiableSortedMap(new TreeMap<>(held));
        }
    }

    /** Playing more tells nobody more; a wave costs a look at every job. */
    private static final int MOST_WAVES = 40;

    private final List<Entry> jobs;
    private final Circumstances circumstances;
    private final SortedMap<JobKey, Applicant> applicants = new TreeMap<>();

    private Rollout(List<Entry> jobs, Circumstances circumstances) {
        this.jobs = jobs;
        this.circumstances = circumstances;
    }

    /** Plays it; the order in which the jobs are given does not matter. */
    public static Order of(List<Entry> jobs, Circumstances circumstances) {
        return new Rollout(jobs, circumstances).play();
    }

    private Order play() {
        SortedMap<JobKey, Entry> waiting = new TreeMap<>();
        for (Entry job : jobs) {
            Optional<Applicant> beginning = beginning(job);
            Applicant applicant = beginning.orElseGet(() -> resting(job));
            applicants.put(applicant.key(), applicant);
            beginning.ifPresent(some -> waiting.put(some.key(), job));
        }
        List<List<JobKey>> waves = new ArrayList<>();
        SortedMap<JobKey, Hold> holds = holds();
        while (waves.size() < MOST_WAVES) {
            List<JobKey> admitted = new ArrayList<>(waiting.keySet());
            admitted.removeAll(holds.keySet());
            if (admitted.isEmpty()) {
                break;
            }
            if (waves.isEmpty()) {
                arrive(waiting);
            }
            waves.add(admitted);
            admitted.forEach(key -> applicants.put(key, done(waiting.remove(key))));
            holds = holds();
        }
        return order(waves, waiting, holds);
    }

    private static Order order(
            List<List<JobKey>> waves,
            SortedMap<JobKey, Entry> waiting,
            SortedMap<JobKey, Hold> holds) {
        boolean isCut = waves.size() == MOST_WAVES;
        List<JobKey> later = waiting.keySet().stream()
                .filter(key -> isCut && isForATurn(Optional.ofNullable(holds.get(key))))
                .toList();
        SortedMap<JobKey, Hold> held = new TreeMap<>(holds);
        held.keySet().retainAll(waiting.keySet());
        held.keySet().removeAll(later);
        return new Order(waves, later, held);
    }

    private static boolean isForATurn(Optional<Hold> hold) {
        return hold.map(Hold::reason)
                .filter(reason ->
                        reason != Reason.WaitingForTurn && reason != Reason.WaitingForDependency)
                .isEmpty();
    }

    /** What was on its way when the plan was made has arrived by the second wave. */
    private void arrive(SortedMap<JobKey, Entry> waiting) {
        jobs.stream()
                .filter(job -> !waiting.containsKey(key(job)))
                .forEach(job -> applicants.put(key(job), done(job)));
    }

    private SortedMap<JobKey, Hold> holds() {
        return new TreeMap<>(
                new Admission().holds(List.copyOf(applicants.values()), circumstances));
    }

    private static JobKey key(Entry job) {
        return job.projected().plan().key();
    }

    private Optional<Applicant> beginning(Entry job) {
        return job.projected().decisions().stream()
                .map(step -> new Applicant(job.desired(), step.record(), step.decision(), now()))
                .filter(applicant -> Beginning.of(applicant) != Beginning.NOTHING)
                .findFirst();
    }

    private Applicant resting(Entry job) {
        Projected.Considered first = job.projected().decisions().get(0);
        return new Applicant(job.desired(), first.record(), first.decision(), now());
    }

    private Applicant done(Entry job) {
        List<Projected.Considered> decisions = job.projected().decisions();
        Decision last = decisions.get(decisions.size() - 1).decision();
        Decision rest = new Decision(
                job.projected().after(),
                Optional.empty(),
                List.of(),
                last.reason(),
                Optional.empty());
        return new Applicant(job.desired(), job.projected().after(), rest, now());
    }

    private Instant now() {
        return circumstances.now();
    }
}
