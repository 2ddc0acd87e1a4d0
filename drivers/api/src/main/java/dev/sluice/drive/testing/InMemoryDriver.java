// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.testing;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.CancelRequest;
import dev.sluice.drive.Claim;
import dev.sluice.drive.DiscoverRequest;
import dev.sluice.drive.Driver;
import dev.sluice.drive.OwnerMark;
import dev.sluice.drive.ProofRequest;
import dev.sluice.drive.RescaleRequest;
import dev.sluice.drive.StageRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.StopRequest;
import dev.sluice.spec.JobId;
import dev.sluice.spec.Program;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.Proof.Verdict;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A driver of an {@link InMemoryCluster}. A stop answers Waiting at first, as the real one does. A SQL
 * script that contains {@link #INCOMPATIBLE} does not fit any state.
 */
public final class InMemoryDriver implements Driver {
    /** Marks a script whose operators no state fits. */
    public static final String INCOMPATIBLE = "-- incompatible";

    private final String name;
    private final List<String> versions;
    private final InMemoryCluster cluster;
    private final Clock clock;

    /**
     * @param name of the cluster in its environment
     * @param versions minor versions of Flink it can run
     */
    public InMemoryDriver(
            String name, List<String> versions, InMemoryCluster cluster, Clock clock) {
        this.name = requireNonNull(name, "name is null");
        this.versions = List.copyOf(versions);
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public Claim claim(OwnerMark mark) {
        return cluster.isReachable() ? cluster.claim(mark) : new Claim.Unclear("cannot connect");
    }

    @Override
    public Claim claim(OwnerMark mark, LiveJob job) {
        return cluster.isReachable()
                ? cluster.claim(mark, job.id())
                : new Claim.Unclear("cannot connect");
    }

    @Override
    public ClusterObservation observe(Map<JobId, Integer> detailed) {
        return cluster.isReachable()
                ? new ClusterObservation(
                        name,
                        clock.instant(),
                        cluster.jobs().stream()
                                .map(job -> job.live(Optional.ofNullable(
                                        detailed.get(job.request().id()))))
                                .toList(),
                        Optional.empty())
                : new ClusterObservation(
                        name, clock.instant(), List.of(), Optional.of("cannot connect"));
    }

    @Override
    public Outcome stage(StageRequest request) {
        String version = request.spec().flink().version();
        if (!versions.contains(version)) {
            return failed(false, "Flink " + version + " is not known", Evidence.NONE);
        }
        return reaching(Verb.STAGE, () -> new Outcome.Done(Evidence.NONE));
    }

    @Override
    public Outcome stopWithSavepoint(StopRequest request) {
        return reaching(Verb.STOP, () -> stop(request));
    }

    @Override
    public Outcome cancel(CancelRequest request) {
        return reaching(Verb.CANCEL, () -> {
            Optional<ModelJob> job = cluster.job(request.job());
            if (job.isPresent() && job.get().isLive()) {
                cluster.cancel(request.job());
                return new Outcome.Waiting(clock.instant(), "the job is being cancelled");
            }
            return new Outcome.Done(Evidence.of("state", state(job)));
        });
    }

    /** As the adaptive scheduler of Flink does it, which this cluster has if it was told so. */
    @Override
    public Outcome rescale(RescaleRequest request) {
        return reaching(Verb.RESCALE, () -> {
            Optional<ModelJob> job = cluster.job(request.job());
            if (job.isEmpty()) {
                return new Outcome.Unknown("the JobManager does not know the job");
            }
            return cluster.rescale(request)
                    ? new Outcome.Done(Evidence.of("parallelism", "" + request.to()))
                    : failed(false, "the scheduler changes no running job", Evidence.NONE);
        });
    }

    @Override
    public Outcome start(StartRequest request) {
        return reaching(Verb.START, () -> submit(request));
    }

    @Override
    public Proof proveAbsent(ProofRequest request) {
        if (!cluster.isReachable()) {
            return new Proof(Verdict.UNKNOWN, List.of("cannot connect"));
        }
        for (JobId attempt : request.attempts()) {
            Optional<ModelJob> job = cluster.job(attempt);
            if (job.isPresent() && job.get().isLive()) {
                return new Proof(Verdict.PRESENT, List.of("job " + attempt + " is " + state(job)));
            }
        }
        return new Proof(Verdict.ABSENT, List.of("no attempt of " + request.key() + " is live"));
    }

    @Override
    public List<StatePointer> discoverState(DiscoverRequest request) {
        return cluster.storage().find(request);
    }

    @Override
    public void close() {
        // the cluster is not ours
    }

    private Outcome reaching(Verb verb, Supplier<Outcome> call) {
        return cluster.isReachable()
                ? cluster.faults().apply(verb, call)
                : new Outcome.Unknown("cannot connect");
    }

    private Outcome stop(StopRequest request) {
        Optional<ModelJob> job = cluster.job(request.job());
        Optional<Optional<String>> trigger = cluster.trigger(request.trigger());
        boolean isLive = job.isPresent() && job.get().isLive();
        if (trigger.isPresent() && trigger.get().isEmpty() && isLive) {
            return failed(true, "IO-problem detected", Evidence.of("state", state(job)));
        }
        if (isLive) {
            cluster.stop(request.job(), request.trigger(), request.directory());
            return new Outcome.Waiting(clock.instant(), "the savepoint was asked for");
        }
        String path = trigger.flatMap(found -> found)
                .orElseGet(() -> ModelStorage.savepointPath(request.directory(), request.job()));
        Optional<StatePointer> found =
                cluster.storage().find(path).map(ModelStorage.Entry::pointer);
        return found.isPresent()
                ? new Outcome.Done(Evidence.of(found.get()).with("state", state(job)))
                : failed(false, "the job left no savepoint", Evidence.of("state", state(job)));
    }

    private Outcome submit(StartRequest request) {
        Optional<ModelJob> earlier = cluster.job(request.id());
        if (earlier.isPresent()) {
            return started(request, earlier.get());
        }
        if (request.from() instanceof RestoreFrom.State state
                && cluster.storage().find(state.pointer().path()).isEmpty()) {
            String path = state.pointer().path();
            return failed(
                    false, "the state " + path + " is not there", Evidence.of("missing", path));
        }
        Optional<StatePointer> left = cluster.storage().newestCheckpoint(request.id());
        if (left.isPresent()) {
            return failed(
                    true,
                    "this attempt has run already and left " + left.get().path(),
                    Evidence.of(left.get()).with("ran", request.id().hex()));
        }
        Optional<ModelJob> beside = request.others().stream()
                .flatMap(other -> cluster.job(other).stream())
                .filter(ModelJob::isLive)
                .findFirst();
        if (beside.isPresent()) {
            return new Outcome.Unknown(
                    "job " + beside.get().request().id() + " lives; nothing is started beside it");
        }
        boolean isFitting = request.from() instanceof RestoreFrom.Empty
                || !(request.job().spec().program() instanceof Program.Sql sql)
                || !sql.text().contains(INCOMPATIBLE);
        cluster.start(request, isFitting);
        return started(request, cluster.job(request.id()).orElseThrow());
    }

    private static Outcome started(StartRequest request, ModelJob job) {
        return job.isBurnt()
                ? failed(
                        false,
                        job.failure().orElseThrow(),
                        Evidence.of("burnt", request.id().hex()))
                : new Outcome.Done(Evidence.of("job", request.id().hex()));
    }

    private static Outcome failed(boolean retryable, String cause, Evidence evidence) {
        return new Outcome.Failed(retryable, cause, evidence);
    }

    private static String state(Optional<ModelJob> job) {
        return job.map(known -> known.status().name()).orElse("GONE");
    }
}
