// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import dev.sluice.drive.CancelRequest;
import dev.sluice.drive.RescaleRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.StopRequest;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The driver contract for one session cluster at one address, whoever started it. */
public final class SessionCluster {
    private static final Duration NEXT_LOOK = Duration.ofMillis(300);

    private final FlinkRest rest;
    private final StateStorage storage;
    private final ClusterProcesses processes;
    private final Clock clock;
    private final Absence absence;
    private final String flinkVersion;

    /** @param flinkVersion minor version of the cluster */
    public SessionCluster(
            FlinkRest rest,
            StateStorage storage,
            ClusterProcesses processes,
            String flinkVersion,
            Clock clock) {
        this.rest = rest;
        this.storage = storage;
        this.processes = processes;
        this.flinkVersion = flinkVersion;
        this.clock = clock;
        this.absence = new Absence(rest, processes, clock);
    }

    public List<LiveJob> observe(Map<JobId, Integer> detailed) throws RestFailure {
        return new Observing(rest, flinkVersion).observe(detailed);
    }

    public Outcome stopWithSavepoint(StopRequest request) {
        return new Stopping(rest, storage, processes, clock).look(request);
    }

    /**
     * What a start would answer without its program, because an earlier call has submitted the job or
     * something is in the way; empty when the program is needed now.
     */
    public Optional<Outcome> begun(StartRequest request) {
        return new Starting(rest, storage, processes).begun(request);
    }

    /** Submits a job, right after {@link #begun} had nothing to say about it. */
    public Outcome submit(StartRequest request, Submission submission) {
        absence.submitting(request.id());
        return new Starting(rest, storage, processes).submit(request, submission);
    }

    /**
     * Which of the attempts lives here that a start elsewhere may not be beside, in words; a start here
     * asks for them itself.
     */
    public Optional<String> company(StartRequest request) throws RestFailure {
        return new Company(rest).of(request);
    }

    /** What came of a stop when the JobManager has ended for good: storage alone can tell. */
    public Outcome stoppedBefore(StopRequest request, String cause) {
        return new Stopping(rest, storage, processes, clock).afterEnd(request, cause);
    }

    /**
     * What became of an attempt that was brought to this cluster with its start, as the only job of the
     * cluster.
     */
    public Outcome started(StartRequest request) {
        return new Starting(rest, storage, processes).started(request, clock.instant());
    }

    /** What an attempt that cannot be started again has left behind. */
    public Optional<Outcome> ranBefore(StartRequest request) {
        return new Starting(rest, storage, processes).left(request);
    }

    /** The job's state as the JobManager says it; empty when it denies the job. */
    public Optional<JobStatus> status(JobId job) throws RestFailure {
        return rest.status(job);
    }

    public Outcome rescale(RescaleRequest request) {
        return new Rescaling(rest).rescale(request);
    }

    public Outcome cancel(CancelRequest request) {
        try {
            Optional<JobStatus> status = rest.status(request.job());
            if (status.isEmpty()) {
                return processes.orphansExcluded().isPresent()
                        ? new Outcome.Done(Evidence.of("state", "GONE"))
                        : new Outcome.Unknown("the JobManager does not know the job");
            }
            if (status.get().isGloballyTerminal()) {
                return new Outcome.Done(Evidence.of("state", status.get().name()));
            }
            if (status.get() != JobStatus.CANCELLING) {
                rest.cancel(request.job());
            }
            return new Outcome.Waiting(
                    clock.instant().plus(NEXT_LOOK), "the job is being cancelled");
        } catch (RestFailure e) {
            return new Outcome.Unknown(e.getMessage());
        }
    }

    public Proof proveAbsent(List<JobId> attempts) {
        return absence.prove(attempts);
    }
}
