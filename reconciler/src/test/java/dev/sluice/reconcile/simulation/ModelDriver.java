// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.drive.CancelRequest;
import dev.sluice.drive.Claim;
import dev.sluice.drive.DiscoverRequest;
import dev.sluice.drive.Driver;
import dev.sluice.drive.EndClusterRequest;
import dev.sluice.drive.LiveChangeRequest;
import dev.sluice.drive.OwnerMark;
import dev.sluice.drive.ProofRequest;
import dev.sluice.drive.RescaleRequest;
import dev.sluice.drive.StageRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.StopRequest;
import dev.sluice.reconcile.simulation.Event.Kind;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.Proof.Verdict;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks the model cluster in the order and with the conclusions of the REST driver ({@code Stopping},
 * {@code Starting}, {@code Absence}). One per process: what a proof remembers dies with it.
 */
final class ModelDriver implements Driver {
    private final String cluster;
    private final Bend bend;
    private final Flink flink;
    private final Disk disk;
    private final Faults faults;
    private final Clock clock;
    private final Map<JobId, Instant> denied = new HashMap<>();

    ModelDriver(String cluster, Flink flink, Disk disk, Faults faults, Bend bend, Clock clock) {
        this.cluster = cluster;
        this.bend = bend;
        this.flink = flink;
        this.disk = disk;
        this.faults = faults;
        this.clock = clock;
    }

    /** The processes of a simulation share one journal. */
    @Override
    public Claim claim(OwnerMark mark) {
        return new Claim.Held();
    }

    @Override
    public ClusterObservation observe(Map<JobId, Integer> detailed) {
        return flink.isReachable()
                ? new ClusterObservation(
                        cluster,
                        clock.instant(),
                        flink.overview(detailed.keySet()),
                        Optional.empty())
                : new ClusterObservation(
                        cluster, clock.instant(), List.of(), Optional.of("cannot connect"));
    }

    @Override
    public Outcome stage(StageRequest request) {
        return faults.take(request.spec().key(), Kind.STAGE_FAILS).isPresent()
                ? new Outcome.Failed(true, "the repository does not answer", Evidence.NONE)
                : new Outcome.Done(Evidence.NONE);
    }

    @Override
    public Outcome stopWithSavepoint(StopRequest request) {
        return asked(request.key(), () -> stop(request));
    }

    @Override
    public Outcome cancel(CancelRequest request) {
        return asked(request.key(), () -> {
            Optional<FlinkJob> job = flink.job(request.job());
            if (job.isEmpty() && !flink.areOrphansExcluded()) {
                return new Outcome.Unknown("the JobManager does not know the job");
            }
            if (job.isEmpty() || !job.get().isLive()) {
                return new Outcome.Done(Evidence.of("state", name(job)));
            }
            flink.cancel(request.key(), request.job());
            return new Outcome.Waiting(clock.instant(), "the job is being cancelled");
        });
    }

    @Override
    public Outcome rescale(RescaleRequest request) {
        return asked(request.key(), () -> {
            Optional<FlinkJob> job = flink.job(request.job()).filter(FlinkJob::isRunning);
            if (job.isEmpty()) {
                return new Outcome.Failed(true, "the job does not run", Evidence.NONE);
            }
            return flink.rescale(request)
                    ? new Outcome.Done(Evidence.NONE)
                    : new Outcome.Failed(false, "the scheduler cannot", Evidence.NONE);
        });
    }

    @Override
    public Outcome applyLive(LiveChangeRequest request) {
        return asked(request.target().key(), () -> {
            flink.job(request.job())
                    .ifPresent(job ->
                            job.logLevel = FlinkJob.logLevel(request.target().spec()));
            return new Outcome.Done(Evidence.NONE);
        });
    }

    @Override
    public Outcome endCluster(EndClusterRequest request) {
        return asked(
                request.key(),
                () -> flink.endCluster(request.key(), request.job())
                        ? new Outcome.Done(Evidence.NONE)
                        : new Outcome.Failed(false, "the cluster is shared", Evidence.NONE));
    }

    @Override
    public Outcome start(StartRequest request) {
        return asked(request.job().key(), () -> submit(request));
    }

    @Override
    public Proof proveAbsent(ProofRequest request) {
        boolean isLost = faults.take(request.key(), Kind.LOSE_REQUEST).isPresent();
        if (isLost || !flink.isReachable()) {
            return new Proof(Verdict.UNKNOWN, List.of("cannot connect"));
        }
        if (!flink.isListed()) {
            return bend.believesYoungLists()
                    ? new Proof(Verdict.ABSENT, List.of("no application with the tags"))
                    : new Proof(Verdict.UNKNOWN, List.of("the resource manager is too young"));
        }
        Verdict verdict = Verdict.ABSENT;
        for (JobId id : request.attempts()) {
            Verdict one = prove(id);
            if (one == Verdict.PRESENT) {
                return new Proof(one, List.of("job " + id + " is live"));
            }
            verdict = one == Verdict.UNKNOWN ? one : verdict;
        }
        return new Proof(verdict, List.of("asked for each attempt"));
    }

    private Verdict prove(JobId id) {
        Optional<FlinkJob> job = flink.job(id);
        if (job.isPresent()) {
            denied.remove(id);
            return job.get().isLive() ? Verdict.PRESENT : Verdict.ABSENT;
        }
        if (!flink.areOrphansExcluded()) {
            return Verdict.UNKNOWN;
        }
        Instant first = denied.computeIfAbsent(id, unused -> clock.instant());
        return first.isBefore(clock.instant()) ? Verdict.ABSENT : Verdict.UNKNOWN;
    }

    @Override
    public List<StatePointer> discoverState(DiscoverRequest request) {
        return disk.search(request);
    }

    @Override
    public void close() {
        // the cluster goes on
    }

    /** A request may be lost on its way, and so may its answer. */
    private Outcome asked(JobKey key, Supplier<Outcome> request) {
        if (!flink.isListed() && !bend.believesYoungLists()) {
            return new Outcome.Unknown("the application is not listed");
        }
        if (!flink.isReachable() || faults.take(key, Kind.LOSE_REQUEST).isPresent()) {
            return new Outcome.Unknown("cannot connect");
        }
        Outcome outcome = request.get();
        return faults.take(key, Kind.LOSE_ANSWER).isPresent()
                ? new Outcome.Unknown("no answer")
                : outcome;
    }

    private Outcome stop(StopRequest request) {
        Optional<FlinkJob> job = flink.job(request.job());
        boolean isLive = job.filter(FlinkJob::isLive).isPresent();
        Optional<Operation> operation = flink.operation(request.trigger());
        if (operation.isPresent() && !operation.get().isDone) {
            return new Outcome.Waiting(clock.instant(), "the savepoint is being taken");
        }
        if (!isLive) {
            return ended(request, job, operation);
        }
        if (operation.isEmpty()) {
            flink.stop(request);
            return new Outcome.Waiting(clock.instant(), "the savepoint was asked for");
        }
        Evidence evidence = new Evidence(
                operation.get().savepoint, Evidence.of("state", name(job)).facts());
        return operation.get().isFailed
                ? new Outcome.Failed(true, "the stop failed", evidence)
                : new Outcome.Waiting(clock.instant(), "the job is " + name(job));
    }

    private Outcome ended(
            StopRequest request, Optional<FlinkJob> job, Optional<Operation> operation) {
        if (job.isEmpty() && !flink.areOrphansExcluded()) {
            return new Outcome.Unknown("the JobManager does not know the job");
        }
        Optional<StatePointer> told = operation
                .flatMap(known -> known.savepoint)
                .or(() -> disk.savepoints(request.directory()).stream().findFirst());
        boolean isFinal =
                job.filter(known -> known.status == JobStatus.FINISHED).isPresent();
        boolean isOutrun = told.isPresent()
                && !isFinal
                && disk.checkpoints(request.job()).stream()
                        .anyMatch(pointer -> pointer.isNewerThan(told.get()));
        if (isOutrun) {
            return new Outcome.Failed(
                    false, "the job ran on after its savepoint", Evidence.of("state", name(job)));
        }
        return told.isPresent()
                ? new Outcome.Done(Evidence.of(told.get()).with("state", name(job)))
                : new Outcome.Failed(
                        false, "the job left no savepoint", Evidence.of("state", name(job)));
    }

    /** Drivers refuse every start beside what it names; here none hides a planner's mistake so. */
    private boolean isBesideRevived(StartRequest request) {
        return request.others().stream()
                .flatMap(other -> flink.job(other).stream())
                .anyMatch(job -> flink.hasRevived(job.id()) && job.isLive());
    }

    /** The same of what they completed: only what came back to life can have gone on since. */
    private Optional<StatePointer> outrun(StartRequest request) {
        return request.likeliestOthers().stream()
                .filter(flink::hasRevived)
                .flatMap(other -> disk.checkpoints(other).stream())
                .filter(found ->
                        request.known().filter(known -> known.isNews(found)).isPresent())
                .max(Comparator.comparing(StatePointer::completedAt));
    }

    private Outcome submit(StartRequest request) {
        Optional<FlinkJob> earlier = flink.job(request.id());
        if (earlier.isPresent()) {
            return adopted(earlier.get());
        }
        if (request.from() instanceof RestoreFrom.State state
                && disk.find(state.pointer().path()).isEmpty()) {
            String path = state.pointer().path();
            return new Outcome.Failed(
                    false, "the state is not there", Evidence.of("missing", path));
        }
        List<StatePointer> left = disk.checkpoints(request.id());
        if (!left.isEmpty()) {
            return new Outcome.Failed(
                    true,
                    "this attempt has run already",
                    Evidence.of(left.get(left.size() - 1))
                            .with("ran", request.id().hex()));
        }
        if (isBesideRevived(request)) {
            return new Outcome.Unknown("an attempt that came back lives");
        }
        if (!flink.areOrphansExcluded()) {
            return new Outcome.Unknown("an orphan may still run it");
        }
        Optional<StatePointer> newer = outrun(request);
        if (newer.isPresent()) {
            return new Outcome.Failed(
                    true,
                    "an attempt that came back has gone on",
                    Evidence.of(newer.get()).with("newer", newer.get().path()));
        }
        if (faults.take(request.job().key(), Kind.SUBMIT_REFUSED).isPresent()) {
            return new Outcome.Failed(false, "Flink refused it", Evidence.NONE);
        }
        return adopted(flink.start(request));
    }

    private static Outcome adopted(FlinkJob job) {
        boolean isBurnt = job.status == JobStatus.FAILED && !job.ran;
        return isBurnt
                ? new Outcome.Failed(
                        false,
                        "the job did not begin",
                        Evidence.of("burnt", job.id().hex()))
                : new Outcome.Done(Evidence.of("job", job.id().hex()));
    }

    private static String name(Optional<FlinkJob> job) {
        return job.map(known -> known.status.name()).orElse("GONE");
    }
}
