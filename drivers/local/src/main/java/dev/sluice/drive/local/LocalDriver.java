// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import dev.sluice.drive.CancelRequest;
import dev.sluice.drive.Claim;
import dev.sluice.drive.DiscoverRequest;
import dev.sluice.drive.Driver;
import dev.sluice.drive.EndClusterRequest;
import dev.sluice.drive.FileDigest;
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
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.isolation.FlinkWorkers;
import dev.sluice.drive.local.LocalCluster.Connection;
import dev.sluice.drive.rest.FileStateStorage;
import dev.sluice.drive.rest.FolderFiles;
import dev.sluice.drive.rest.OwnerFiles;
import dev.sluice.drive.rest.RestFailure;
import dev.sluice.drive.rest.SessionCluster;
import dev.sluice.drive.rest.StateSearch;
import dev.sluice.drive.rest.Submission;
import dev.sluice.drive.session.Elsewhere;
import dev.sluice.drive.session.JarProgram;
import dev.sluice.drive.session.Preparations;
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
import dev.sluice.spec.observed.Proof.Verdict;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The driver of clusters of kind {@code local}: Sluice brings Flink, starts it on demand and keeps it
 * up. Closing the driver leaves the clusters running; {@link #stopClusters()} ends them.
 */
public final class LocalDriver implements Driver {
    private static final Duration NEXT_LOOK = Duration.ofMillis(300);

    private final LocalOptions options;
    private final LocalClusters clusters;
    private final Applications applications;
    private final Preparations preparations;
    private final FileStateStorage storage;
    private final StateSearch search;
    private final StageCheck check;
    private final JobSecrets secrets;
    private final OwnerFiles owners;
    private final Clock clock;

    /**
     * @param cache see {@link dev.sluice.drive.artifacts.CacheDirectory}
     * @param progress hears of downloads
     */
    public LocalDriver(
            LocalOptions options,
            Path cache,
            MavenLocation maven,
            SecretSource secrets,
            Progress progress,
            Clock clock) {
        this.options = options;
        FreePorts ports = FreePorts.ofSystem();
        this.clusters =
                new LocalClusters(options, new FlinkHomes(cache, maven), progress, ports, clock);
        this.preparations = new Preparations(
                new Submissions(new ArtifactFiles(cache, maven, progress), options.runner()),
                clock);
        this.storage = new FileStateStorage(new FolderFiles(options.stateDirectory()));
        this.search = new StateSearch(storage);
        this.applications = new Applications(options, clusters, storage, ports, clock);
        this.secrets = new JobSecrets(secrets, options.directory().resolve("secrets"));
        this.check = new StageCheck(new FlinkWorkers(options.workers()), search, clock);
        this.owners = new OwnerFiles(new FolderFiles(options.stateDirectory()));
        this.clock = clock;
    }

    @Override
    public Claim claim(OwnerMark mark) {
        return owners.claim(mark);
    }

    @Override
    public Claim claim(OwnerMark mark, LiveJob job) {
        return owners.claim(mark, job);
    }

    @Override
    public ClusterObservation observe(Map<JobId, Integer> detailed) {
        secrets.takeForgotten(clock.instant());
        List<LiveJob> jobs = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        SortedMap<String, Integer> free = new TreeMap<>();
        for (String version : clusters.wanted()) {
            try {
                Optional<Connection> connection = clusters.up(version);
                if (connection.isPresent()) {
                    jobs.addAll(connection.get().session().observe(detailed));
                    free.putAll(connection.get().rest().cluster().freeSlotsOf(version));
                } else {
                    problems.add(clusters.doing(version));
                }
            } catch (RestFailure | ArtifactFailure | IOException e) {
                problems.add("Flink " + version + ": " + e.getMessage());
            }
        }
        jobs.addAll(applications.observe(detailed, problems));
        Optional<String> unreachable =
                problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
        return new ClusterObservation(options.cluster(), clock.instant(), jobs, unreachable, free);
    }

    @Override
    public Outcome stage(StageRequest request) {
        Optional<String> refusal = refusal(request.spec());
        if (refusal.isPresent()) {
            return new Outcome.Failed(false, refusal.get(), Evidence.NONE);
        }
        return Submissions.isApart(request.spec())
                ? stageApart(request)
                : whenUp(request.spec(), connection -> stageOn(connection, request));
    }

    private Outcome stageOn(Connection connection, StageRequest request)
            throws ArtifactFailure, IOException {
        secrets.check(request.spec());
        Evidence evidence = Evidence.of("web", connection.rest().base().toString());
        return checked(request, submission(request.spec()), evidence);
    }

    private Optional<Submission> submission(JobSpec spec) throws ArtifactFailure, IOException {
        FlinkRelease release = clusters.release(spec.flink().version());
        return preparations.shared(spec, release, StateKeys.of(release, storage));
    }

    /** A cluster of the job's own is not there yet: what it needs is. */
    private Outcome stageApart(StageRequest request) {
        JobSpec spec = request.spec();
        String version = spec.flink().version();
        try {
            FlinkRelease release = clusters.release(version);
            Optional<String> java = options.java().refusal(release);
            if (java.isPresent()) {
                return new Outcome.Failed(true, java.get(), Evidence.NONE);
            }
            if (clusters.home(version).isEmpty()) {
                return waiting(clusters.doing(version));
            }
            secrets.check(spec);
            SortedMap<String, String> reserved = StateKeys.of(release, storage);
            Optional<JarProgram> program = preparations.apart(spec, release, reserved);
            Optional<Submission> look = preparations.forCheck(spec, release, reserved);
            return checked(request, program.flatMap(unused -> look), Evidence.NONE);
        } catch (ArtifactFailure e) {
            return new Outcome.Failed(e.isRetryable(), e.getMessage(), Evidence.NONE);
        } catch (IOException e) {
            return new Outcome.Failed(
                    true, "cannot prepare Flink " + version + ": " + e.getMessage(), Evidence.NONE);
        }
    }

    private Outcome checked(
            StageRequest request, Optional<Submission> submission, Evidence evidence)
            throws ArtifactFailure {
        if (submission.isEmpty()) {
            return waiting(Preparations.DOING);
        }
        if (request.hasRun()) {
            return new Outcome.Done(evidence);
        }
        return clusters.home(request.spec().flink().version())
                .flatMap(home ->
                        check.poll(home, Elsewhere.NOTHING, request, submission.get(), evidence))
                .orElseGet(() -> waiting("the graph of the job is being compiled"));
    }

    @Override
    public Outcome start(StartRequest request) {
        Optional<String> refusal = refusal(request.job().spec());
        if (refusal.isPresent()) {
            return new Outcome.Failed(false, refusal.get(), Evidence.NONE);
        }
        return Submissions.isApart(request.job().spec())
                ? startApart(request)
                : whenUp(request.job().spec(), connection -> startOn(connection, request));
    }

    private Outcome startApart(StartRequest request) {
        try {
            // What was launched needs neither home nor jars, and reads its secrets now.
            Optional<Outcome> begun = applications
                    .of(request.id())
                    .begun(request)
                    .or(() -> applications.company(request));
            return secrets.settled(
                    request.id(), begun.isPresent() ? begun.get() : launchApart(request));
        } catch (ArtifactFailure e) {
            return new Outcome.Failed(e.isRetryable(), e.getMessage(), Evidence.NONE);
        } catch (FileDigest.Changed e) {
            preparations.forget(request.job().key());
            return waiting(e.getMessage());
        } catch (IOException e) {
            return new Outcome.Unknown("cannot start the cluster of the job: " + e.getMessage());
        }
    }

    private Outcome launchApart(StartRequest request) throws ArtifactFailure, IOException {
        JobSpec spec = request.job().spec();
        FlinkRelease release = clusters.release(spec.flink().version());
        Optional<FlinkHome> home = clusters.home(release.minor());
        if (home.isEmpty()) {
            return waiting(clusters.doing(release.minor()));
        }
        Optional<JarProgram> program =
                preparations.apart(spec, release, StateKeys.of(release, storage));
        if (program.isEmpty()) {
            return waiting(Preparations.DOING);
        }
        List<String> more = secrets.bring(spec, request.id());
        return applications
                .of(request.id())
                .start(new ApplicationPlan(request, home.get(), program.get().with(more)));
    }

    /** The file with secrets is there while the program runs on the JobManager, and no longer. */
    private Outcome startOn(Connection connection, StartRequest request)
            throws ArtifactFailure, IOException {
        // What was submitted needs its jars no more.
        Optional<Outcome> begun =
                connection.session().begun(request).or(() -> applications.company(request));
        if (begun.isPresent()) {
            return secrets.settled(request.id(), begun.get());
        }
        JobSpec spec = request.job().spec();
        Optional<Submission> submission = submission(spec);
        if (submission.isEmpty()) {
            return waiting(Preparations.DOING);
        }
        Submission all = submission.get().with(secrets.bring(spec, request.id()));
        return secrets.settled(
                request.id(),
                preparations.judged(spec.key(), connection.session().submit(request, all)));
    }

    @Override
    public Outcome stopWithSavepoint(StopRequest request) {
        return applications
                .find(request.job())
                .map(application -> applications.stopWithSavepoint(application, request))
                .orElseGet(() -> onCluster(
                        request.flinkVersion(), session -> session.stopWithSavepoint(request)));
    }

    @Override
    public Outcome cancel(CancelRequest request) {
        return applications
                .find(request.job())
                .map(application -> applications.cancel(application, request))
                .orElseGet(() ->
                        onCluster(request.flinkVersion(), session -> session.cancel(request)));
    }

    @Override
    public Outcome endCluster(EndClusterRequest request) {
        return applications
                .find(request.job())
                .map(applications::end)
                .orElseGet(() -> Driver.super.endCluster(request));
    }

    @Override
    public Outcome rescale(RescaleRequest request) {
        return applications.find(request.job()).isPresent()
                ? Driver.super.rescale(request)
                : onCluster(request.flinkVersion(), session -> session.rescale(request));
    }

    /** Asks every version's cluster: an attempt may have run on another version than the last one. */
    @Override
    public Proof proveAbsent(ProofRequest request) {
        Proof apart = applications.proveAbsent(request.attempts());
        if (apart.verdict() == Verdict.PRESENT) {
            return apart;
        }
        List<String> evidence = new ArrayList<>(apart.evidence());
        Verdict verdict = apart.verdict();
        for (String version : clusters.all()) {
            Proof proof = clusters.proveAbsent(version, request.attempts());
            if (proof.verdict() == Verdict.PRESENT) {
                return proof;
            }
            verdict = proof.verdict() == Verdict.UNKNOWN ? Verdict.UNKNOWN : verdict;
            evidence.addAll(proof.evidence());
        }
        return new Proof(verdict, evidence);
    }

    @Override
    public List<StatePointer> discoverState(DiscoverRequest request) {
        try {
            return search.find(request);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + options.stateDirectory(), e);
        }
    }

    /** Ends all clusters of this directory. Jobs die with them; checkpoints and savepoints stay. */
    public void stopClusters() throws IOException {
        clusters.stop();
        applications.stop();
    }

    @Override
    public void close() {
        clusters.close();
        preparations.close();
        check.close();
    }

    private Optional<String> refusal(JobSpec spec) {
        String version = spec.flink().version();
        if (!clusters.all().contains(version)) {
            return Optional.of("Flink " + version + " is not known; known are " + clusters.all());
        }
        return Submissions.isApart(spec)
                ? Submissions.refusalApart(spec)
                : Submissions.refusal(spec, clusters.release(version));
    }

    /** What is done once home and cluster are there. */
    @FunctionalInterface
    private interface Action {
        Outcome run(Connection connection) throws ArtifactFailure, IOException;
    }

    private Outcome whenUp(JobSpec spec, Action action) {
        String version = spec.flink().version();
        try {
            Optional<Connection> connection = clusters.up(version);
            if (connection.isEmpty() || connection.get().rest().taskManagers() == 0) {
                return waiting(clusters.doing(version));
            }
            return action.run(connection.get());
        } catch (ArtifactFailure e) {
            return new Outcome.Failed(e.isRetryable(), e.getMessage(), Evidence.NONE);
        } catch (RestFailure e) {
            return e.isNotServingYet()
                    ? waiting(clusters.doing(version))
                    : new Outcome.Unknown(e.getMessage());
        } catch (IOException e) {
            return new Outcome.Failed(
                    true, "cannot prepare Flink " + version + ": " + e.getMessage(), Evidence.NONE);
        }
    }

    private Outcome onCluster(String version, Function<SessionCluster, Outcome> action) {
        if (!clusters.all().contains(version)) {
            return new Outcome.Unknown("Flink " + version + " is not known");
        }
        try {
            Optional<Connection> connection = clusters.up(version);
            return connection.isPresent()
                    ? action.apply(connection.get().session())
                    : waiting(clusters.doing(version));
        } catch (ArtifactFailure | IOException e) {
            return new Outcome.Unknown("Flink " + version + ": " + e.getMessage());
        }
    }

    private Outcome waiting(String what) {
        return new Outcome.Waiting(clock.instant().plus(NEXT_LOOK), what);
    }
}
