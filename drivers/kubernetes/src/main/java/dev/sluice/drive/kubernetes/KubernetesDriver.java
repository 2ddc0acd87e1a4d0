// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.CancelRequest;
import dev.sluice.drive.Claim;
import dev.sluice.drive.DiscoverRequest;
import dev.sluice.drive.Driver;
import dev.sluice.drive.EndClusterRequest;
import dev.sluice.drive.OwnerMark;
import dev.sluice.drive.ProofRequest;
import dev.sluice.drive.RescaleRequest;
import dev.sluice.drive.StageRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.StopRequest;
import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.artifacts.ArtifactFiles;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.FlinkHomes;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.artifacts.HomeAssembly;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.isolation.FlinkWorkers;
import dev.sluice.drive.rest.FileStateStorage;
import dev.sluice.drive.rest.FolderFiles;
import dev.sluice.drive.rest.OwnerFiles;
import dev.sluice.drive.rest.SessionCluster;
import dev.sluice.drive.rest.StateFiles;
import dev.sluice.drive.rest.StateSearch;
import dev.sluice.drive.rest.Submission;
import dev.sluice.drive.session.Preparations;
import dev.sluice.drive.session.StateKeys;
import dev.sluice.drive.session.Submissions;
import dev.sluice.spec.ClusterBasics;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The driver of clusters of kind {@code kubernetes}: each job is a Flink cluster of its own, or one of
 * several in a session cluster.
 */
public final class KubernetesDriver implements Driver {
    private static final CommitId NO_COMMIT = new CommitId("0".repeat(40));
    private static final Duration NEXT_LOOK = Duration.ofMillis(300);

    private final KubernetesOptions options;
    private final Admission admission;
    private final HomeAssembly homes;
    private final FlinkWorkers workers;
    private final Preparations preparations;
    private final FileStateStorage storage;
    private final Applications applications;
    private final Sessions sessions;
    private final Programs programs;
    private final Clock clock;

    /** @param cache see {@link dev.sluice.drive.artifacts.CacheDirectory} */
    public KubernetesDriver(
            KubernetesOptions options,
            KubeAccess access,
            Path cache,
            MavenLocation maven,
            Progress progress,
            Clock clock) {
        this.options = requireNonNull(options, "options is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.admission = new Admission(options);
        this.homes = new HomeAssembly(new FlinkHomes(cache, maven), progress);
        this.workers = new FlinkWorkers(options.workers());
        this.preparations = new Preparations(
                new Submissions(
                        new ArtifactFiles(cache, maven, progress),
                        options.workers().runnerJar()),
                clock);
        this.storage = new FileStateStorage(new FolderFiles(options.stateDirectory()));
        this.programs = new Programs(
                new ProgramFolder(options.stateDirectory()),
                options.workers().runnerJar(),
                maven.remote());
        this.applications = new Applications(
                new Namespace(new KubeApi(access, clock), options.namespace(), clock),
                storage,
                new JobResults(new FolderFiles(options.stateDirectory())),
                new PodLogs(options.directory()),
                clock);
        this.sessions = new Sessions(applications.namespace(), storage, clock);
    }

    /** The state directory of the cluster. */
    public StateFiles state() {
        return new FolderFiles(options.stateDirectory());
    }

    @Override
    public Claim claim(OwnerMark mark) {
        return admission
                .missingState()
                .<Claim>map(Claim.Unclear::new)
                .orElseGet(() ->
                        new OwnerFiles(new FolderFiles(options.stateDirectory())).claim(mark));
    }

    @Override
    public ClusterObservation observe(Map<JobId, Integer> detailed) {
        try {
            Sessions.Seen seen = new Observing(applications, sessions).observe(detailed);
            Optional<String> unreachable = seen.problems().isEmpty()
                    ? Optional.empty()
                    : Optional.of(String.join("; ", seen.problems()));
            return new ClusterObservation(
                    options.cluster(), clock.instant(), seen.jobs(), unreachable);
        } catch (KubeFailure e) {
            return new ClusterObservation(
                    options.cluster(), clock.instant(), List.of(), Optional.of(e.getMessage()));
        }
    }

    @Override
    public Outcome stage(StageRequest request) {
        JobSpec spec = request.spec();
        EffectiveJob job = new EffectiveJob(spec, NO_COMMIT, Digest.of(spec.toString()), "");
        StartRequest rehearsed = new StartRequest(
                job,
                1,
                JobId.of(spec.key(), 1),
                new RestoreFrom.Empty("a rehearsal"),
                List.of(),
                Optional.empty());
        return prepared(spec, (home, submission) -> {
            Evidence evidence = Evidence.of("image", admission.image(spec));
            if (Admission.isShared(spec)) {
                return launching().rehearse(objects(home, spec), evidence);
            }
            PodProgram program = programs.of(spec, submission);
            Launching.Objects objects = objects(home, rehearsed, submission, program);
            Trial trial = new Trial(launching(), applications.namespace(), clock);
            Outcome outcome = program instanceof LoadedProgram loaded
                    ? trial.look(spec, loaded, objects, evidence)
                    : trial.needless(spec, launching().rehearse(objects, evidence));
            return entrances().rehearsed(spec, outcome);
        });
    }

    @Override
    public Outcome start(StartRequest request) {
        JobSpec spec = request.job().spec();
        return prepared(spec, (home, submission) -> {
            if (Admission.isShared(spec)) {
                return new SessionStarts(applications, sessions, clock)
                        .look(
                                request,
                                identity(spec),
                                objects(home, spec),
                                session -> preparations.judged(
                                        spec.key(), session.submit(request, submission)));
            }
            PodProgram program = programs.of(spec, submission);
            Outcome outcome =
                    launching().look(request, objects(home, request, submission, program));
            return entrances().opened(spec, request.attempt(), outcome);
        });
    }

    private Entrances entrances() {
        return new Entrances(applications.namespace());
    }

    private Launching launching() {
        return new Launching(applications, sessions, storage, clock);
    }

    private Launching.Objects objects(
            FlinkHome home, StartRequest request, Submission submission, PodProgram program) {
        ApplicationSettings settings = settings(home, request.job().spec());
        Launching.Objects own = () ->
                new ApplicationObjects(workers).make(home, request, settings, submission, program);
        return Admission.isOperated(request.job().spec())
                ? new OperatorObjects(
                        own,
                        made -> new OperatorResource(home.release())
                                .of(
                                        request,
                                        submission,
                                        settings.of(request, submission, program.path()),
                                        made))
                : own;
    }

    /** Of the session cluster that a job names. */
    private Launching.Objects objects(FlinkHome home, JobSpec spec) {
        ClusterBasics.Session session = admission.session(spec).orElseThrow();
        SessionIdentity identity = identity(spec);
        SortedMap<String, String> configuration =
                settings(home, spec).of(identity, session, StateKeys.of(home.release(), storage));
        return () -> new SessionObjects(workers).make(home, identity, session, configuration);
    }

    private ApplicationSettings settings(FlinkHome home, JobSpec spec) {
        return new ApplicationSettings(
                home.release(),
                options.namespace(),
                admission.image(spec),
                "file:" + options.stateDirectory());
    }

    private SessionIdentity identity(JobSpec spec) {
        return SessionIdentity.of(
                spec.key(),
                options.cluster(),
                spec.flink().session().orElseThrow(),
                spec.flink().version());
    }

    @Override
    public Outcome stopWithSavepoint(StopRequest request) {
        Optional<String> missing = admission.missingState();
        return missing.isPresent() ? new Outcome.Unknown(missing.get()) : ending().stop(request);
    }

    @Override
    public Outcome cancel(CancelRequest request) {
        return ending().cancel(request);
    }

    @Override
    public Outcome endCluster(EndClusterRequest request) {
        return ending().endCluster(request);
    }

    @Override
    public Outcome rescale(RescaleRequest request) {
        Attempt attempt = new Attempt(request.key(), request.attempt());
        try {
            Optional<SessionCluster> shared =
                    applications.namespace().look(attempt).isGone()
                            ? sessions.of(request.key(), request.job())
                            : Optional.empty();
            return shared.isPresent()
                    ? shared.get().rescale(request)
                    : applications
                            .session(attempt.clusterId(), request.flinkVersion())
                            .rescale(request);
        } catch (KubeFailure | IOException e) {
            return new Outcome.Unknown(e.getMessage());
        }
    }

    @Override
    public Proof proveAbsent(ProofRequest request) {
        return ending().prove(request);
    }

    @Override
    public List<StatePointer> discoverState(DiscoverRequest request) {
        admission.missingState().ifPresent(missing -> {
            throw new UncheckedIOException(new IOException(missing));
        });
        try {
            return new StateSearch(storage).find(request);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + options.stateDirectory(), e);
        }
    }

    @Override
    public void close() {
        applications.namespace().close();
        workers.close();
        preparations.close();
        homes.close();
    }

    private Ending ending() {
        SessionAbsence shared = new SessionAbsence(
                applications.namespace(), sessions, options.cluster(), options.sessions());
        return new Ending(applications, sessions, shared, storage, clock);
    }

    /** What is done once Flink's own jars and the program are on this machine. */
    @FunctionalInterface
    private interface Action {
        Outcome run(FlinkHome home, Submission submission) throws IOException;
    }

    private Outcome prepared(JobSpec spec, Action action) {
        Optional<String> refusal = admission.refusal(spec).or(() -> programs.refusal(spec));
        if (refusal.isPresent()) {
            return new Outcome.Failed(false, refusal.get(), Evidence.NONE);
        }
        FlinkRelease release = admission.release(spec);
        try {
            Optional<FlinkHome> home = homes.home(FlinkReleases.withKubernetes(release));
            if (home.isEmpty()) {
                return waiting("Flink " + release.patch() + " is being fetched");
            }
            Optional<Submission> submission =
                    preparations.shared(spec, release, StateKeys.of(release, storage));
            return submission.isPresent()
                    ? action.run(home.get(), submission.get())
                    : waiting(Preparations.DOING);
        } catch (ArtifactFailure e) {
            return new Outcome.Failed(e.isRetryable(), e.getMessage(), Evidence.NONE);
        } catch (IOException e) {
            return new Outcome.Failed(true, "cannot prepare the job: " + e, Evidence.NONE);
        }
    }

    private Outcome waiting(String what) {
        return new Outcome.Waiting(clock.instant().plus(NEXT_LOOK), what);
    }
}
