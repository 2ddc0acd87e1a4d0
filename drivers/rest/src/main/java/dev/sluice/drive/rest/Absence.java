// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.Proof.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Proof that none of some jobs runs: each is terminal, or the JobManager has denied it twice, some time
 * apart, while no process of an earlier JobManager can still be at work.
 */
final class Absence {
    /** A request on its way when the first answer was given has arrived by the second. */
    private static final Duration APART = Duration.ofSeconds(1);

    /**
     * A denial older than this says nothing of what was submitted since. Longer than the longest pause
     * before a job is asked about again, a minute, or a proof would never come to its end.
     */
    private static final Duration LIFETIME = Duration.ofMinutes(2);

    /**
     * A job was denied once.
     *
     * @param grounds why no older process can run it; the second denial needs the very same ones, or
     *     another JobManager has begun to answer in between
     */
    private record Denied(Instant at, String grounds) {}

    private final FlinkRest rest;
    private final ClusterProcesses processes;
    private final Clock clock;
    private final Map<JobId, Denied> firstDenied = new ConcurrentHashMap<>();

    Absence(FlinkRest rest, ClusterProcesses processes, Clock clock) {
        this.rest = rest;
        this.processes = processes;
        this.clock = clock;
    }

    /** A submission under this id begins: what was denied before it proves nothing any more. */
    void submitting(JobId job) {
        firstDenied.remove(job);
    }

    Proof prove(List<JobId> jobs) {
        Instant oldest = clock.instant().minus(LIFETIME);
        firstDenied.values().removeIf(denied -> denied.at().isBefore(oldest));
        List<String> evidence = new ArrayList<>();
        Verdict verdict = Verdict.ABSENT;
        for (JobId job : jobs) {
            Proof proof = prove(job);
            evidence.addAll(proof.evidence());
            if (proof.verdict() == Verdict.PRESENT) {
                return proof;
            }
            if (proof.verdict() == Verdict.UNKNOWN) {
                verdict = Verdict.UNKNOWN;
            }
        }
        return new Proof(verdict, evidence);
    }

    private Proof prove(JobId job) {
        try {
            Optional<JobStatus> status = rest.status(job);
            if (status.isEmpty()) {
                return denied(job);
            }
            firstDenied.remove(job);
            Verdict verdict = status.get().isGloballyTerminal() ? Verdict.ABSENT : Verdict.PRESENT;
            return new Proof(verdict, List.of("job " + job + " is " + status.get()));
        } catch (RestFailure e) {
            return new Proof(Verdict.UNKNOWN, List.of("job " + job + ": " + e.getMessage()));
        }
    }

    private Proof denied(JobId job) {
        Optional<String> orphansExcluded = processes.orphansExcluded();
        if (orphansExcluded.isEmpty()) {
            return new Proof(
                    Verdict.UNKNOWN,
                    List.of("the JobManager does not know job " + job
                            + ", but TaskManagers of an earlier one may still run it"));
        }
        Instant now = clock.instant();
        String grounds = orphansExcluded.get();
        Instant first = firstDenied
                .compute(
                        job,
                        (same, known) -> known != null && known.grounds().equals(grounds)
                                ? known
                                : new Denied(now, grounds))
                .at();
        if (Duration.between(first, now).compareTo(APART) < 0) {
            return new Proof(
                    Verdict.UNKNOWN,
                    List.of("the JobManager has denied job " + job + " once, at " + first));
        }
        return new Proof(
                Verdict.ABSENT,
                List.of("the JobManager denied job " + job + " at " + first + " and at " + now
                        + "; " + grounds));
    }
}
