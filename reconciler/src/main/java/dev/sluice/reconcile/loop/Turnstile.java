// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Hold;
import dev.sluice.plan.Reason;
import dev.sluice.spec.JobKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How much one cluster is asked for steps: so many calls at once, so many a second, and hardly any
 * while it gives no answers. Pure: it is told the time, and the loop's thread owns it.
 *
 * <p>One job never waits for another's trouble: a call that is overdue frees its place, asking again
 * leaves room for what is asked for the first time, and while answers fail to come only the jobs
 * that got none are kept from asking, but for a probe now and then.
 */
final class Turnstile {
    /**
     * The bounds.
     *
     * @param calls at once, overdue ones not counted
     * @param perSecond calls a second in the long run
     * @param burst calls that may come together after a quiet time; half of it is for first asking
     * @param unanswered so many jobs without an answer, one after the other, open the circuit
     * @param firstProbe the pause before the first probe; doubles with each one without an answer
     * @param lastProbe the longest pause between probes
     */
    record Limits(
            int calls,
            int perSecond,
            int burst,
            int unanswered,
            Duration firstProbe,
            Duration lastProbe) {
        static final Limits DEFAULT =
                new Limits(256, 50, 40, 5, Duration.ofSeconds(1), Duration.ofSeconds(15));

        Limits {
            requireNonNull(firstProbe, "firstProbe is null");
            requireNonNull(lastProbe, "lastProbe is null");
        }
    }

    /**
     * Why a job may not ask now.
     *
     * @param hold what a person should hear; empty for a wait too short to tell
     */
    record Pause(Instant until, Optional<Hold> hold) {
        Pause {
            requireNonNull(until, "until is null");
            requireNonNull(hold, "hold is null");
        }
    }

    /** A call under way. */
    record Call(JobKey job, Instant since, Instant deadline) {
        Call {
            requireNonNull(job, "job is null");
            requireNonNull(since, "since is null");
            requireNonNull(deadline, "deadline is null");
        }
    }

    private static final Duration PLACE_PERIOD = Duration.ofMillis(100);

    private final String cluster;
    private final Limits limits;
    private final SortedMap<JobKey, Call> inside = new TreeMap<>();
    private final SortedSet<JobKey> unanswered = new TreeSet<>();
    private double saved;
    private Instant savedAt = Instant.MIN;
    private Instant probeAt = Instant.MIN;
    private Duration probePause;

    Turnstile(String cluster, Limits limits) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.limits = requireNonNull(limits, "limits is null");
        this.saved = limits.burst();
        this.probePause = limits.firstProbe();
    }

    /**
     * Why the job may not ask now; empty when it may.
     *
     * @param isAgain it asks what has become of a step that is under way
     */
    Optional<Pause> pause(JobKey job, boolean isAgain, Instant now) {
        if (isOpenFor(job) && now.isBefore(probeAt)) {
            return Optional.of(new Pause(probeAt, Optional.of(open())));
        }
        if (inside.size() >= limits.calls()) {
            return Optional.of(new Pause(now.plus(PLACE_PERIOD), Optional.empty()));
        }
        save(now);
        double needed = isAgain ? 1 + limits.burst() / 2.0 : 1;
        if (saved >= needed) {
            return Optional.empty();
        }
        long nanos = (long) Math.ceil((needed - saved) * 1e9 / limits.perSecond());
        return Optional.of(new Pause(now.plusNanos(nanos), Optional.empty()));
    }

    /** The job asks. */
    void enter(JobKey job, Instant now, Instant deadline) {
        save(now);
        saved -= 1;
        if (isOpenFor(job)) {
            probePause = doubled();
            probeAt = now.plus(probePause);
        }
        inside.put(job, new Call(job, now, deadline));
    }

    /** The job's call has come back, with an answer or without. */
    void left(JobKey job, boolean isAnswered, Instant now) {
        inside.remove(job);
        if (isAnswered) {
            unanswered.clear();
            probePause = limits.firstProbe();
        } else {
            unanswered(job, now);
        }
    }

    /** The job's call has come back with words that leave open whether the cluster answers. */
    void left(JobKey job) {
        inside.remove(job);
    }

    /** Calls that have become overdue since this was asked last; their places are free. */
    List<Call> overdue(Instant now) {
        List<Call> late = new ArrayList<>();
        for (Call call : inside.values()) {
            if (!now.isBefore(call.deadline())) {
                late.add(call);
            }
        }
        late.forEach(call -> {
            inside.remove(call.job());
            unanswered(call.job(), now);
        });
        return List.copyOf(late);
    }

    private void unanswered(JobKey job, Instant now) {
        boolean isNew = unanswered.add(job);
        if (isNew && unanswered.size() == limits.unanswered()) {
            probeAt = now.plus(probePause);
        }
    }

    private boolean isOpenFor(JobKey job) {
        return unanswered.size() >= limits.unanswered() && unanswered.contains(job);
    }

    private Hold open() {
        return new Hold(
                Reason.ClusterUnknown,
                "cluster " + cluster + " answered none of the last " + unanswered.size()
                        + " jobs; the next is asked at " + probeAt);
    }

    private Duration doubled() {
        Duration twice = probePause.multipliedBy(2);
        return twice.compareTo(limits.lastProbe()) < 0 ? twice : limits.lastProbe();
    }

    private void save(Instant now) {
        if (savedAt.isBefore(now)) {
            double seconds = savedAt.equals(Instant.MIN)
                    ? 0
                    : Duration.between(savedAt, now).toNanos() / 1e9;
            saved = Math.min(limits.burst(), saved + seconds * limits.perSecond());
            savedAt = now;
        }
    }
}
