// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.standalone;

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
import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.artifacts.HomeAssembly;
import dev.sluice.drive.isolation.FlinkWorkers;
import dev.sluice.drive.rest.ClusterOverview;
import dev.sluice.drive.rest.FileStateStorage;
import dev.sluice.drive.rest.FlinkRest;
import dev.sluice.drive.rest.FolderFiles;
import dev.sluice.drive.rest.JobManagerAge;
import dev.sluice.drive.rest.OwnerFiles;
import dev.sluice.drive.rest.RestAccess;
import dev.sluice.drive.rest.RestFailure;
import dev.sluice.drive.rest.RestFailure.Kind;
import dev.sluice.drive.rest.RestLimits;
import dev.sluice.drive.rest.SessionCluster;
import dev.sluice.drive.rest.StateSearch;
import dev.sluice.drive.rest.Submission;
import dev.sluice.drive.session.Elsewhere;
import dev.sluice.drive.session.Preparations;
import dev.sluice.drive.session.SecretNames;
import dev.sluice.drive.session.StageCheck;
import dev.sluice.drive.session.StateKeys;
import dev.sluice.drive.session.Submissions;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The driver of clusters of kind {@code standalone}. */
public final class StandaloneDriver implements Driver {
    private static final Duration NEXT_LOOK = Duration.ofSeconds(1);

    private final String cluster;
    private final FlinkRelease release;
    private final Path stateDirectory;
    private final Preparations preparations;
    private final Clock clock;
    private final FlinkRest rest;
    private final FileStateStorage storage;
    private final JobManagerAge age;
    private final SessionCluster session;
    private final HomeAssembly homes;
    private final FlinkWorkers workers;
    private final StageCheck check;

    /**
     * @param cluster its name in the environment
     * @param release the version that its entry declares
     * @param stateDirectory savepoints and checkpoints; the same path here and for the cluster
     * @param homes a Flink like the cluster's, for looking at programs; closed with this
     * @param workers closed with this
     */
    public StandaloneDriver(
            String cluster,
            RestAccess access,
            FlinkRelease release,
            Path stateDirectory,
            Submissions submissions,
            HomeAssembly homes,
            FlinkWorkers workers,
            Clock clock) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.release = requireNonNull(release, "release is null");
        this.stateDirectory = stateDirectory.toAbsolutePath().normalize();
        this.clock = requireNonNull(clock, "clock is null");
        this.preparations = new Preparations(submissions, clock);
        this.rest = new FlinkRest(access, RestLimits.DEFAULT);
        this.storage = new FileStateStorage(new FolderFiles(this.stateDirectory));
        this.age = new JobManagerAge(rest, clock);
        this.session = new SessionCluster(rest, storage, age, release.minor(), clock);
        this.homes = requireNonNull(homes, "homes is null");
        this.workers = requireNonNull(workers, "workers is null");
        this.check = new StageCheck(workers, new StateSearch(storage), clock);
    }

    @Override
    public Claim claim(OwnerMark mark) {
        return Files.isDirectory(stateDirectory)
                ? new OwnerFiles(new FolderFiles(stateDirectory)).claim(mark)
                : new Claim.Unclear(noStateDirectory());
    }

    @Override
    public Claim claim(OwnerMark mark, LiveJob job) {
        return Files.isDirectory(stateDirectory)
                ? new OwnerFiles(new FolderFiles(stateDirectory)).claim(mark, job)
                : new Claim.Unclear(noStateDirectory());
    }

    @Override
    public ClusterObservation observe(Map<JobId, Integer> detailed) {
        try {
            ClusterOverview overview = rest.cluster();
            Optional<String> other = otherVersion(overview);
            if (other.isPresent()) {
                return observation(List.of(), other);
            }
            boolean grows = age.look().grows();
            return new ClusterObservation(
                    cluster,
                    clock.instant(),
                    session.observe(detailed),
                    Optional.empty(),
                    grows ? new TreeMap<>() : overview.freeSlotsOf(release.minor()));
        } catch (RestFailure e) {
            return observation(List.of(), Optional.of(e.getMessage()));
        }
    }

    @Override
    public Outcome stage(StageRequest request) {
        Optional<String> refusal = refusal(request.spec());
        if (refusal.isPresent()) {
            return new Outcome.Failed(false, refusal.get(), Evidence.NONE);
        }
        try {
            ClusterOverview overview = rest.cluster();
            Optional<String> unfit = unfit(overview);
            if (unfit.isPresent()) {
                return new Outcome.Failed(false, unfit.get(), Evidence.NONE);
            }
            if (overview.taskManagers() == 0) {
                return waiting(rest.base() + " has no TaskManager");
            }
            Optional<Submission> submission = prepare(request.spec());
            if (submission.isEmpty()) {
                return waiting(Preparations.DOING);
            }
            Evidence evidence = Evidence.of("web", rest.base().toString());
            return request.hasRun()
                    ? new Outcome.Done(evidence)
                    : checked(request, submission.get(), evidence);
        } catch (RestFailure e) {
            return e.kind() == Kind.DENIED
                    ? new Outcome.Failed(true, e.getMessage(), Evidence.NONE)
                    : new Outcome.Unknown(e.getMessage());
        } catch (ArtifactFailure e) {
            return new Outcome.Failed(e.isRetryable(), e.getMessage(), Evidence.NONE);
        } catch (IOException e) {
            return new Outcome.Failed(true, "cannot prepare the job: " + e, Evidence.NONE);
        }
    }

    /** The program is looked at in a Flink of the same version, because the cluster's is not at hand. */
    private Outcome checked(StageRequest request, Submission submission, Evidence evidence)
            throws IOException, RestFailure {
        try {
            Optional<String> refusal = workers.refusal(release);
            if (refusal.isPresent()) {
                return unseen(refusal.get(), evidence);
            }
            Optional<FlinkHome> home = homes.home(release);
            if (home.isEmpty()) {
                return waiting("Flink " + release.patch() + " is brought, to look at the program");
            }
            Elsewhere more = Elsewhere.jars(ForeignJars.of(rest.classPath(), home.get()));
            return check.poll(home.get(), more, request, submission, evidence)
                    .orElseGet(() -> waiting("the graph of the job is being compiled"));
        } catch (ArtifactFailure e) {
            return unseen(e.getMessage(), evidence);
        }
    }

    /** Flink looks again when it starts the job; that it is not found out sooner is noted. */
    private static Outcome unseen(String why, Evidence evidence) {
        return new Outcome.Done(evidence.with("graph", "not compiled: " + why));
    }

    private Outcome waiting(String what) {
        return new Outcome.Waiting(clock.instant().plus(NEXT_LOOK), what);
    }

    @Override
    public Outcome start(StartRequest request) {
        JobSpec spec = request.job().spec();
        Optional<String> refusal = refusal(spec);
        if (refusal.isPresent()) {
            return new Outcome.Failed(false, refusal.get(), Evidence.NONE);
        }
        // What was submitted needs its jars no more.
        return onDeclaredVersion(() -> session.begun(request).orElseGet(() -> submit(request)));
    }

    private Outcome submit(StartRequest request) {
        try {
            Optional<Submission> submission = prepare(request.job().spec());
            return submission.isPresent()
                    ? preparations.judged(
                            request.job().key(), session.submit(request, submission.get()))
                    : waiting(Preparations.DOING);
        } catch (ArtifactFailure e) {
            return new Outcome.Failed(e.isRetryable(), e.getMessage(), Evidence.NONE);
        } catch (IOException e) {
            return new Outcome.Failed(true, "cannot prepare the job: " + e, Evidence.NONE);
        }
    }

    @Override
    public Outcome stopWithSavepoint(StopRequest request) {
        return onDeclaredVersion(() -> session.stopWithSavepoint(request));
    }

    @Override
    public Outcome cancel(CancelRequest request) {
        return onDeclaredVersion(() -> session.cancel(request));
    }

    @Override
    public Outcome rescale(RescaleRequest request) {
        return onDeclaredVersion(() -> session.rescale(request));
    }

    @Override
    public Proof proveAbsent(ProofRequest request) {
        try {
            Optional<String> other = otherVersion();
            return other.isPresent()
                    ? unsure(other.get())
                    : session.proveAbsent(request.attempts());
        } catch (RestFailure e) {
            return unsure(e.getMessage());
        }
    }

    @Override
    public List<StatePointer> discoverState(DiscoverRequest request) {
        if (!Files.isDirectory(stateDirectory)) {
            throw new UncheckedIOException(new IOException(noStateDirectory()));
        }
        try {
            return new StateSearch(storage).find(request);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + stateDirectory, e);
        }
    }

    @Override
    public void close() {
        // Connections end with their last use.
        homes.close();
        preparations.close();
        check.close();
    }

    private static Proof unsure(String why) {
        return new Proof(Proof.Verdict.UNKNOWN, List.of(why));
    }

    private Optional<Submission> prepare(JobSpec spec) throws ArtifactFailure, IOException {
        return preparations.shared(spec, release, StateKeys.of(release, storage));
    }

    private Optional<String> refusal(JobSpec spec) {
        String wanted = spec.flink().version();
        if (!SecretNames.ofSql(spec).isEmpty()) {
            return Optional.of(
                    "the JobManager of cluster " + cluster + " cannot be given a file with"
                            + " secrets, and the SQL refers to " + SecretNames.ofSql(spec)
                            + "; run the job on a cluster of kind local");
        }
        return wanted.equals(release.minor())
                ? Submissions.refusal(spec, release)
                : Optional.of("cluster " + cluster + " runs Flink " + release.minor()
                        + ", and the job wants " + wanted);
    }

    /** Why no job can be brought to the cluster, although it answers. */
    private Optional<String> unfit(ClusterOverview overview) throws RestFailure {
        Optional<String> other = otherVersion(overview);
        if (other.isPresent()) {
            return other;
        }
        if (!rest.takesJars()) {
            return Optional.of(rest.base() + " takes no jars: set web.submit.enable to true there");
        }
        return Files.isDirectory(stateDirectory)
                ? Optional.empty()
                : Optional.of(noStateDirectory());
    }

    private Outcome onDeclaredVersion(Supplier<Outcome> action) {
        try {
            Optional<String> other = otherVersion();
            return other.isPresent() ? new Outcome.Unknown(other.get()) : action.get();
        } catch (RestFailure e) {
            return new Outcome.Unknown(e.getMessage());
        }
    }

    private Optional<String> otherVersion() throws RestFailure {
        return otherVersion(rest.cluster());
    }

    private Optional<String> otherVersion(ClusterOverview overview) {
        return overview.isOf(release.minor())
                ? Optional.empty()
                : Optional.of(rest.base() + " is Flink " + overview.version()
                        + ", and environment.yaml says \"" + release.minor() + "\" for cluster "
                        + cluster + ": nothing is done there until both agree");
    }

    private String noStateDirectory() {
        return "the state directory " + stateDirectory + " of cluster " + cluster
                + " is not there: mount it by this path where Sluice runs too";
    }

    private ClusterObservation observation(List<LiveJob> jobs, Optional<String> unreachable) {
        return new ClusterObservation(cluster, clock.instant(), jobs, unreachable);
    }
}
