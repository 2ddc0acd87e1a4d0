// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

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
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.artifacts.YarnJars;
import dev.sluice.drive.isolation.FlinkWorkers;
import dev.sluice.drive.isolation.HadoopClient;
import dev.sluice.drive.isolation.Keytab;
import dev.sluice.drive.isolation.WorkerSettings;
import dev.sluice.drive.isolation.YarnWorkers;
import dev.sluice.drive.rest.FileStateStorage;
import dev.sluice.drive.rest.OwnerFiles;
import dev.sluice.drive.rest.StateFiles;
import dev.sluice.drive.rest.StateSearch;
import dev.sluice.drive.session.Elsewhere;
import dev.sluice.drive.session.StageCheck;
import dev.sluice.drive.yarn.JobManagers.Connection;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The driver of clusters of kind {@code yarn}: each job is an application of its own, or one of several in
 * a session cluster.
 */
public final class YarnDriver implements Driver {
    private static final Duration NEXT_LOOK = Duration.ofMillis(500);

    private final YarnOptions options;
    private final Clock clock;
    private final StateFiles state;
    private final OwnerFiles owners;
    private final StateSearch search;
    private final Attempts attempts;
    private final Sessions sessions;
    private final JobManagers jobManagers;
    private final Leftovers leftovers;
    private final Watching watching;
    private final Preparation preparation;
    private final Places places;
    private final StageCheck check;
    private final Ending ending;
    private final Packing packing;
    private final Launching launching;
    private final Absences absences;

    private YarnDriver(YarnOptions options, Parts parts, Clock clock) {
        this.options = options;
        this.clock = clock;
        this.state = parts.files();
        this.owners = new OwnerFiles(parts.files());
        this.search = new StateSearch(parts.storage());
        Reservations reservations = new Reservations(parts.files());
        Listings listings = new Listings(parts.manager(), reservations);
        this.attempts = new Attempts(parts.manager(), listings);
        this.jobManagers = new JobManagers(parts.storage(), clock);
        this.preparation = parts.preparation();
        this.leftovers = new Leftovers(parts.workers(), preparation, clock);
        this.watching = new Watching(
                parts.manager(),
                jobManagers,
                leftovers,
                new MasterLogs(options.directory(), parts.identity()),
                clock);
        this.check = new StageCheck(parts.workers(), search, clock);
        this.sessions = new Sessions(parts.manager(), listings, jobManagers, options.cluster());
        this.places = new Places(parts.manager(), sessions, options.sessions());
        this.ending =
                new Ending(attempts, sessions, jobManagers, parts.workers(), preparation, clock);
        this.absences = new Absences(attempts, sessions, jobManagers);
        ApplicationSettings settings =
                new ApplicationSettings(options.defaults(), options.keytab());
        this.packing = new Packing(settings, parts.workers(), options.directory(), clock);
        this.launching = new Launching(
                attempts,
                jobManagers,
                reservations,
                parts.storage(),
                preparation,
                parts.workers(),
                ending,
                packing,
                new SessionStarts(
                        sessions,
                        parts.manager(),
                        jobManagers,
                        reservations,
                        preparation,
                        parts.workers(),
                        settings,
                        new SessionStarts.Options(options.sessions(), options.directory()),
                        clock),
                clock);
    }

    private record Parts(
            WebHdfs files,
            FileStateStorage storage,
            Reports manager,
            Preparation preparation,
            YarnWorkers workers,
            Identity identity) {}

    /**
     * The driver of a cluster; asks nobody yet.
     *
     * @param cache see {@link dev.sluice.drive.artifacts.CacheDirectory}
     * @throws IOException when the folder of Hadoop's configuration does not say enough, or the cluster
     *     is one that cannot be served
     */
    public static YarnDriver open(
            YarnOptions options, Path cache, MavenLocation maven, Progress progress, Clock clock)
            throws IOException, ArtifactFailure {
        HadoopConfiguration hadoop = HadoopConfiguration.read(options.hadoop());
        Identity identity = identity(options, hadoop, clock);
        Addresses addresses = new Addresses(hadoop);
        List<URI> nameNodes = addresses.nameNodes(options.state());
        WebHdfs files = options.keytab().isPresent()
                ? new WebHdfs(options.state(), nameNodes, identity)
                : new WebHdfs(options.state(), nameNodes, System.getProperty("user.name"));
        FileStateStorage storage = new FileStateStorage(files);
        Preparation preparation = new Preparation(
                options,
                cache,
                maven,
                new Libraries(files, files::upload),
                storage,
                progress,
                clock);
        HadoopClient client = new HadoopClient(
                new YarnJars(maven).client(progress), options.hadoop(), options.keytab());
        Files.createDirectories(options.directory());
        Files.writeString(options.directory().resolve("log4j.properties"), FlinkHome.logging());
        return new YarnDriver(
                options,
                new Parts(
                        files,
                        storage,
                        new Reports(addresses.resourceManagers(), identity),
                        preparation,
                        new YarnWorkers(new FlinkWorkers(workers(options)), client),
                        identity),
                clock);
    }

    private static Identity identity(YarnOptions options, HadoopConfiguration hadoop, Clock clock)
            throws IOException {
        boolean isWanted = hadoop.find("hadoop.security.authentication")
                .filter("kerberos"::equals)
                .isPresent();
        if (isWanted != options.keytab().isPresent()) {
            throw new IOException(
                    isWanted
                            ? "core-site.xml asks for Kerberos: add 'kerberos: {principal: ...,"
                                    + " keytab: ...}' to the cluster's entry"
                            : "the cluster's entry has a keytab, and core-site.xml does not ask for"
                                    + " Kerberos (hadoop.security.authentication)");
        }
        return isWanted
                ? KerberosIdentity.open(options.keytab().orElseThrow(), clock)
                : Identity.ANYBODY;
    }

    /** No program that is compiled here sees the keytab. */
    private static WorkerSettings workers(YarnOptions options) {
        List<Path> hidden = new ArrayList<>(options.workers().hidden());
        options.keytab().ifPresent(keytab -> hidden.add(keytab.file()));
        return options.workers().hiding(hidden);
    }

    /**
     * What is wrong with the files of a cluster's Kerberos, and what to do; empty when nothing is.
     */
    public static Optional<String> problem(Keytab keytab) {
        return KerberosIdentity.problem(keytab);
    }

    /** The state directory of the cluster. */
    public StateFiles state() {
        return state;
    }

    @Override
    public Claim claim(OwnerMark mark) {
        Claim claim = owners.claim(mark);
        if (claim instanceof Claim.Held) {
            leftovers.own(mark);
        }
        return claim;
    }

    @Override
    public ClusterObservation observe(Map<JobId, Integer> detailed) {
        try {
            Watching.Seen seen = watching.look(detailed);
            Optional<String> unreachable = seen.problems().isEmpty()
                    ? Optional.empty()
                    : Optional.of(String.join("; ", seen.problems()));
            return new ClusterObservation(
                    options.cluster(), clock.instant(), seen.jobs(), unreachable);
        } catch (IOException e) {
            return new ClusterObservation(
                    options.cluster(), clock.instant(), List.of(), Optional.of(e.getMessage()));
        }
    }

    @Override
    public Outcome stage(StageRequest request) {
        Optional<String> refusal = preparation.refusal(request.spec());
        if (refusal.isPresent()) {
            return new Outcome.Failed(false, refusal.get(), Evidence.NONE);
        }
        try {
            Optional<String> misplaced = places.refusal(request.spec());
            if (misplaced.isPresent()) {
                return new Outcome.Failed(false, misplaced.get(), Evidence.NONE);
            }
            Optional<Outcome> waiting = waiting(request.spec());
            if (waiting.isPresent()) {
                return waiting.get();
            }
            return preparation
                    .prepare(request.spec())
                    .map(prepared -> checked(request, prepared))
                    .orElseGet(() -> waiting(Preparing.DOING));
        } catch (ArtifactFailure e) {
            return new Outcome.Failed(e.isRetryable(), e.getMessage(), Evidence.NONE);
        } catch (IOException e) {
            return new Outcome.Failed(
                    true, "cannot prepare the job: " + e.getMessage(), Evidence.NONE);
        }
    }

    private Outcome checked(StageRequest request, Preparing.Prepared prepared) {
        Evidence evidence = Evidence.of("libraries", prepared.libraries());
        return request.hasRun()
                ? new Outcome.Done(evidence)
                : check.poll(
                                prepared.home(),
                                elsewhere(request.spec()),
                                request,
                                prepared.submission(),
                                evidence)
                        .orElseGet(() -> waiting("the graph of the job is being compiled"));
    }

    /** Shipped jars are on the class path of their application; in per-job mode main() runs here. */
    private static Elsewhere elsewhere(JobSpec spec) {
        if (Preparation.isPerJob(spec)) {
            return Elsewhere.NOTHING;
        }
        boolean ships = spec.runtime().shipsFiles() && spec.flink().session().isEmpty();
        return Elsewhere.hadoop()
                .and(ships ? Elsewhere.jars(List.of("yarn.shipFiles")) : Elsewhere.NOTHING);
    }

    @Override
    public Outcome start(StartRequest request) {
        Optional<String> refusal = preparation.refusal(request.job().spec());
        if (refusal.isPresent()) {
            return new Outcome.Failed(false, refusal.get(), Evidence.NONE);
        }
        try {
            Optional<Outcome> waiting = waiting(request.job().spec());
            return waiting.isPresent() ? waiting.get() : launching.start(request);
        } catch (ArtifactFailure e) {
            return new Outcome.Failed(e.isRetryable(), e.getMessage(), Evidence.NONE);
        } catch (IOException e) {
            return new Outcome.Unknown(e.getMessage());
        }
    }

    private Optional<Outcome> waiting(JobSpec spec) throws ArtifactFailure {
        return preparation.waitsFor(spec.flink().version()).map(this::waiting);
    }

    private Outcome waiting(String what) {
        return new Outcome.Waiting(clock.instant().plus(NEXT_LOOK), what);
    }

    @Override
    public Outcome stopWithSavepoint(StopRequest request) {
        return known(() -> ending.stop(request));
    }

    @Override
    public Outcome cancel(CancelRequest request) {
        return known(() -> ending.cancel(request));
    }

    @Override
    public Outcome rescale(RescaleRequest request) {
        return known(() -> {
            Optional<Application> own = attempts.find(request.job());
            Optional<Connection> connection = own.isPresent()
                    ? jobManagers.of(own.get())
                    : sessions.of(request.key(), request.job());
            return connection.isPresent()
                    ? connection.get().session().rescale(request)
                    : new Outcome.Unknown("no JobManager of this attempt answers");
        });
    }

    @Override
    public Outcome endCluster(EndClusterRequest request) {
        return known(() -> {
            Optional<Application> found = attempts.find(request.job());
            if (found.isEmpty() && sessions.of(request.key(), request.job()).isPresent()) {
                return Driver.super.endCluster(request);
            }
            if (found.isEmpty() || found.get().state().isFinal()) {
                return new Outcome.Done(Evidence.of("state", "GONE"));
            }
            Outcome killed =
                    ending.kill(found.get(), request.flinkVersion(), "the job does not end");
            return killed instanceof Outcome.Waiting
                    ? new Outcome.Done(Evidence.of("killed", found.get().id()))
                    : killed;
        });
    }

    @Override
    public Proof proveAbsent(ProofRequest request) {
        return absences.prove(request);
    }

    @Override
    public List<StatePointer> discoverState(DiscoverRequest request) {
        try {
            return search.find(request);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + options.state(), e);
        }
    }

    @Override
    public void close() {
        watching.close();
        preparation.close();
        packing.close();
        check.close();
    }

    /** What YARN was asked for. */
    @FunctionalInterface
    private interface Question {
        Outcome ask() throws IOException;
    }

    private static Outcome known(Question question) {
        try {
            return question.ask();
        } catch (IOException e) {
            return new Outcome.Unknown(e.getMessage());
        }
    }
}
