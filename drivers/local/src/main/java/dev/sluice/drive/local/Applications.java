// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import dev.sluice.drive.CancelRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.StopRequest;
import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.rest.FileStateStorage;
import dev.sluice.drive.rest.RestFailure;
import dev.sluice.drive.rest.SessionCluster;
import dev.sluice.drive.rest.StopOnStorage;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.Proof.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The clusters of single attempts in one directory, each in a folder with the job id as its name. */
final class Applications {
    private static final String ID = "[0-9a-f]{32}";

    /** So long a cluster answers what became of its job, whoever asks, before its processes end. */
    private static final Duration AFTERLIFE = Duration.ofMinutes(1);

    /** So long is waited before files that could not be removed are tried again. */
    private static final Duration NEXT_SWEEP = Duration.ofMinutes(1);

    private final Path directory;
    private final LocalOptions options;
    private final LocalClusters homes;
    private final FileStateStorage storage;
    private final FreePorts ports;
    private final Clock clock;
    private final Map<JobId, Application> known = new ConcurrentHashMap<>();

    /** Attempts that are over, each until it is looked at again. */
    private final Map<JobId, Instant> aside = new ConcurrentHashMap<>();

    Applications(
            LocalOptions options,
            LocalClusters homes,
            FileStateStorage storage,
            FreePorts ports,
            Clock clock) {
        this.directory = options.directory().resolve("applications");
        this.options = options;
        this.homes = homes;
        this.storage = storage;
        this.ports = ports;
        this.clock = clock;
    }

    /** The cluster of an attempt, whether or not there is one. */
    Application of(JobId id) {
        return known.computeIfAbsent(
                id,
                job -> new Application(job, directory.resolve(job.hex()), options, ports, clock));
    }

    /** The cluster of an attempt that was started with one of its own. */
    Optional<Application> find(JobId id) {
        return Optional.of(of(id)).filter(Application::isKnown);
    }

    /**
     * The jobs of all clusters that live.
     *
     * @param problems takes what could not be asked
     */
    List<LiveJob> observe(Map<JobId, Integer> detailed, List<String> problems) {
        List<LiveJob> jobs = new ArrayList<>();
        for (JobId id : remembered(problems)) {
            if (clock.instant().isBefore(aside.getOrDefault(id, Instant.MIN))) {
                continue;
            }
            try {
                jobs.addAll(observe(of(id), detailed));
            } catch (RestFailure e) {
                // A JobManager that begins is no trouble of the cluster's other jobs.
                if (!e.isNotServingYet()) {
                    problems.add("cluster of job " + id + ": " + e.getMessage());
                }
            } catch (ArtifactFailure | IOException e) {
                problems.add("cluster of job " + id + ": " + e.getMessage());
            }
        }
        return jobs;
    }

    private List<LiveJob> observe(Application application, Map<JobId, Integer> detailed)
            throws ArtifactFailure, IOException, RestFailure {
        Optional<ApplicationFile> file = application.remembered();
        if (file.isEmpty()) {
            return List.of();
        }
        if (file.get().end().isPresent()) {
            putAside(application, file.get());
            return List.of();
        }
        Optional<FlinkHome> home = homes.home(file.get().flink());
        Optional<SessionCluster> session =
                home.isPresent() ? application.supervise(home.get()) : application.connect();
        if (session.isEmpty()) {
            return List.of();
        }
        List<LiveJob> jobs = session.get().observe(detailed);
        endIfOver(application, jobs);
        return jobs;
    }

    /** Wherever it ran: what is over tells nothing of the jobs that go on. */
    private void putAside(Application application, ApplicationFile file) throws IOException {
        aside.put(
                application.id(),
                application.sweep(file) ? Instant.MAX : clock.instant().plus(NEXT_SWEEP));
    }

    private void endIfOver(Application application, List<LiveJob> jobs) throws IOException {
        boolean isOver =
                !jobs.isEmpty() && jobs.stream().allMatch(job -> job.status().isGloballyTerminal());
        if (isOver && clock.instant().isAfter(application.jobOver().plus(AFTERLIFE))) {
            application.end("its job is " + jobs.get(0).status());
        }
    }

    Outcome stopWithSavepoint(Application application, StopRequest request) {
        try {
            Optional<SessionCluster> session = application.connect();
            if (session.isPresent()) {
                return session.get().stopWithSavepoint(request);
            }
            return new StopOnStorage(storage).look(request);
        } catch (IOException e) {
            return new Outcome.Unknown(e.getMessage());
        }
    }

    Outcome cancel(Application application, CancelRequest request) {
        try {
            Optional<SessionCluster> session = application.connect();
            if (session.isPresent()) {
                return session.get().cancel(request);
            }
            return new Outcome.Done(Evidence.of("state", "GONE"));
        } catch (IOException e) {
            return new Outcome.Unknown(e.getMessage());
        }
    }

    /** Ends the cluster of an attempt, whatever its job does. */
    Outcome end(Application application) {
        try {
            application.end("it was asked to end");
            return new Outcome.Done(Evidence.of("ended", application.id().hex()));
        } catch (IOException e) {
            return new Outcome.Unknown(e.getMessage());
        }
    }

    /** No process, or a job that is terminal by its own JobManager's word. */
    Proof proveAbsent(List<JobId> attempts) {
        List<String> evidence = new ArrayList<>();
        Verdict verdict = Verdict.ABSENT;
        boolean isAnyAlive = FlinkProcess.isAnyBelow(directory);
        for (JobId id : attempts) {
            Proof proof = proveAbsent(of(id), isAnyAlive);
            if (proof.verdict() == Verdict.PRESENT) {
                return proof;
            }
            verdict = proof.verdict() == Verdict.UNKNOWN ? Verdict.UNKNOWN : verdict;
            evidence.addAll(proof.evidence());
        }
        return new Proof(verdict, evidence);
    }

    /** Which attempt that a start may not be beside lives in a cluster of its own, or may live. */
    Optional<Outcome> company(StartRequest request) {
        Proof proof = proveAbsent(request.others());
        return proof.verdict() == Verdict.ABSENT
                ? Optional.empty()
                : Optional.of(new Outcome.Unknown(
                        String.join("; ", proof.evidence()) + "; nothing is started beside it"));
    }

    /** @param isAnyAlive whether processes of any attempt were there just before */
    private static Proof proveAbsent(Application application, boolean isAnyAlive) {
        try {
            Optional<ApplicationFile> file = application.file();
            if (file.isEmpty()) {
                Optional<String> orphan = isAnyAlive ? application.orphan() : Optional.empty();
                return new Proof(
                        orphan.isPresent() ? Verdict.UNKNOWN : Verdict.ABSENT,
                        orphan.stream().toList());
            }
            // Looked at before its jars were removed: what has ended so is not looked for again.
            Optional<SessionCluster> session =
                    application.isFinished(file.get()) ? Optional.empty() : application.connect();
            if (session.isPresent()) {
                return session.get().proveAbsent(List.of(application.id()));
            }
            return new Proof(
                    Verdict.ABSENT,
                    List.of("no process of the cluster of job " + application.id() + " is alive"));
        } catch (IOException e) {
            return new Proof(Verdict.UNKNOWN, List.of(e.getMessage()));
        }
    }

    /** Ends all clusters. */
    void stop() throws IOException {
        List<String> problems = new ArrayList<>();
        for (JobId id : remembered(problems)) {
            of(id).end("all local clusters were stopped");
        }
        if (!problems.isEmpty()) {
            throw new IOException(String.join("; ", problems));
        }
    }

    private List<JobId> remembered(List<String> problems) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(directory)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.matches(ID))
                    .sorted()
                    .map(JobId::new)
                    .toList();
        } catch (IOException e) {
            problems.add("cannot list " + directory + ": " + e);
            return List.of();
        }
    }
}
