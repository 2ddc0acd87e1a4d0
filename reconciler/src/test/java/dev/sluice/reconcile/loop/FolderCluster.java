// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.drive.CancelRequest;
import dev.sluice.drive.Claim;
import dev.sluice.drive.DiscoverRequest;
import dev.sluice.drive.Driver;
import dev.sluice.drive.OwnerMark;
import dev.sluice.drive.ProofRequest;
import dev.sluice.drive.StageRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.StopRequest;
import dev.sluice.drive.rest.FolderFiles;
import dev.sluice.drive.rest.OwnerFiles;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A model of a session cluster in a folder that several processes see: {@code jobs/<id>} holds the
 * job's name, status and what it restored, one line each; {@code effects} what was done by whom.
 */
final class FolderCluster implements Driver {
    private final Path folder;
    private final String user;

    /** @param user the process that acts, as the log of effects names it */
    FolderCluster(Path folder, String user) {
        this.folder = folder;
        this.user = user;
    }

    @Override
    public Claim claim(OwnerMark mark) {
        return new OwnerFiles(new FolderFiles(folder)).claim(mark);
    }

    @Override
    public ClusterObservation observe(Map<JobId, Integer> detailed) {
        List<LiveJob> jobs = new ArrayList<>();
        for (String id : children()) {
            jobs.add(live(new JobId(id), read(new JobId(id))));
        }
        return new ClusterObservation("main", Instant.now(), jobs, Optional.empty());
    }

    @Override
    public Outcome stage(StageRequest request) {
        return new Outcome.Done(Evidence.NONE);
    }

    @Override
    public Outcome stopWithSavepoint(StopRequest request) {
        String path = "savepoints/" + request.directory();
        List<String> job = read(request.job());
        if (job.get(1).equals("RUNNING")) {
            log("stop " + request.job());
            write(request.job(), List.of(job.get(0), "FINISHED", job.get(2)));
        }
        return new Outcome.Done(Evidence.of(new StatePointer(
                StatePointer.Kind.SAVEPOINT,
                path,
                request.job(),
                request.attempt(),
                1,
                Instant.now(),
                request.flinkVersion())));
    }

    @Override
    public Outcome cancel(CancelRequest request) {
        return new Outcome.Unknown("this model cancels nothing");
    }

    @Override
    public Outcome start(StartRequest request) {
        awaitGate();
        String restored = request.from() instanceof RestoreFrom.State state
                ? state.pointer().path()
                : "";
        List<String> job = List.of(request.job().key().display(), "RUNNING", restored);
        try {
            Files.createDirectories(folder.resolve("jobs"));
            Files.write(
                    folder.resolve("jobs").resolve(request.id().hex()),
                    job,
                    StandardOpenOption.CREATE_NEW);
            log("start " + request.id());
        } catch (FileAlreadyExistsException e) {
            log("found " + request.id());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Outcome.Done(Evidence.of("job", request.id().hex()));
    }

    @Override
    public Proof proveAbsent(ProofRequest request) {
        return new Proof(Proof.Verdict.UNKNOWN, List.of("this model proves nothing"));
    }

    @Override
    public List<StatePointer> discoverState(DiscoverRequest request) {
        return List.of();
    }

    @Override
    public void close() {
        // the folder stays
    }

    /** Lets nobody of that name start a job until the file is gone; tells when one waits. */
    static Path gate(Path folder, String user) {
        return folder.resolve("gate-" + user);
    }

    static Path waiting(Path folder, String user) {
        return folder.resolve("waiting-" + user);
    }

    static List<String> effects(Path folder) {
        try {
            Path file = folder.resolve("effects");
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitGate() {
        try {
            while (Files.exists(gate(folder, user))) {
                Files.writeString(waiting(folder, user), "");
                new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> children() {
        try {
            return new FolderFiles(folder).children("jobs");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A job just being written has no lines yet; it is read again then. */
    private List<String> read(JobId id) {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("jobs").resolve(id.hex()));
            return lines.size() == 3 ? lines : read(id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(JobId id, List<String> job) {
        try {
            Files.write(folder.resolve("jobs").resolve(id.hex()), job);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void log(String effect) {
        try {
            Files.writeString(
                    folder.resolve("effects"),
                    user + " " + effect + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LiveJob live(JobId id, List<String> job) {
        Optional<String> restored = Optional.of(job.get(2)).filter(path -> !path.isEmpty());
        JobDetail detail =
                new JobDetail(Optional.empty(), restored, 1, 0, 0, true, 0, Optional.empty());
        return new LiveJob(
                id,
                job.get(0),
                JobStatus.valueOf(job.get(1)),
                Instant.EPOCH,
                1,
                "1.20",
                Optional.empty(),
                Optional.of(detail));
    }
}
