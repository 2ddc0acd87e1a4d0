// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.testing;

import dev.sluice.drive.Claim;
import dev.sluice.drive.OwnerMark;
import dev.sluice.drive.RescaleRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.TriggerId;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The world behind an {@link InMemoryDriver}: one JobManager and a storage. It lives on when a driver
 * is closed, and a new driver finds it again.
 */
public final class InMemoryCluster {
    private final Clock clock;
    private final ModelStorage storage = new ModelStorage();
    private final FaultScript faults = new FaultScript();
    private final List<String> violations = new ArrayList<>();
    private final TreeMap<JobId, ModelJob> jobs = new TreeMap<>();
    private final Map<TriggerId, Optional<String>> triggers = new HashMap<>();
    private final List<OwnerMark> marks = new ArrayList<>();
    private final Map<JobId, OwnerMark> adopters = new HashMap<>();
    private boolean isReachable = true;
    private boolean isAdaptive;

    public InMemoryCluster(Clock clock) {
        this.clock = clock;
    }

    /** The first mark of an environment stays; every later asker is told of it. */
    public synchronized Claim claim(OwnerMark mark) {
        Optional<OwnerMark> present =
                marks.stream().filter(mark::isSameEnvironmentAs).findFirst();
        if (present.isEmpty()) {
            marks.add(mark);
        }
        return present.isEmpty() || present.get().isSameOwnerAs(mark)
                ? new Claim.Held()
                : new Claim.Other(present.get(), "the model's marks");
    }

    /** Marks a job that shall be adopted; the first to do so owns it. */
    public synchronized Claim claim(OwnerMark mark, JobId job) {
        OwnerMark owner = adopters.computeIfAbsent(job, unused -> mark);
        return owner.isSameOwnerAs(mark)
                ? new Claim.Held()
                : new Claim.Other(owner, "the model's marks of jobs");
    }

    /** A person hands all environments over. */
    public synchronized void removeMarks() {
        marks.clear();
    }

    /** What goes wrong between drivers and this cluster. */
    public FaultScript faults() {
        return faults;
    }

    /** Every breach of "never twice" that this cluster has seen; empty in a correct world. */
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    public synchronized void reachable(boolean reachable) {
        isReachable = reachable;
    }

    /** From now on its scheduler changes running jobs, or does not, as from the beginning. */
    public synchronized void adaptive(boolean adaptive) {
        isAdaptive = adaptive;
    }

    /** With how many subtasks a job runs, when the JobManager knows it. */
    public synchronized Optional<Integer> parallelism(JobId id) {
        return Optional.ofNullable(jobs.get(id)).map(ModelJob::parallelism);
    }

    /** The JobManager dies and comes back empty; what lies on storage stays. */
    public synchronized void killJobManager() {
        jobs.clear();
        triggers.clear();
    }

    /** Every running job counts one more and completes a checkpoint. */
    public synchronized void advance() {
        for (JobId id : List.copyOf(jobs.keySet())) {
            ModelJob job = jobs.get(id);
            if (job.status() == JobStatus.RUNNING) {
                snapshot(job, StatePointer.Kind.CHECKPOINT, Optional.empty());
            }
        }
    }

    /** The job fails for good, by itself. */
    public synchronized void fail(JobId id, String cause) {
        jobs.computeIfPresent(id, (key, job) -> job.in(JobStatus.FAILED, Optional.of(cause)));
    }

    /** The job comes to its end by itself, as a batch job does. */
    public synchronized void finish(JobId id) {
        jobs.computeIfPresent(id, (key, job) -> job.in(JobStatus.FINISHED, Optional.empty()));
    }

    /** Somebody or something deletes state. */
    public synchronized void deleteState(String path) {
        storage.remove(path);
    }

    /** Savepoints cannot be written to this directory. */
    public synchronized void blockDirectory(String directory) {
        storage.block(directory);
    }

    /** How far a job has counted, when the JobManager knows it. */
    public synchronized Optional<Long> progress(JobId id) {
        return Optional.ofNullable(jobs.get(id)).map(ModelJob::progress);
    }

    synchronized boolean isReachable() {
        return isReachable;
    }

    ModelStorage storage() {
        return storage;
    }

    synchronized Optional<ModelJob> job(JobId id) {
        return Optional.ofNullable(jobs.get(id));
    }

    synchronized List<ModelJob> jobs() {
        return List.copyOf(jobs.values());
    }

    /** Absent: not known. Present and empty: failed. Present with a path: succeeded. */
    synchronized Optional<Optional<String>> trigger(TriggerId trigger) {
        return Optional.ofNullable(triggers.get(trigger));
    }

    /** Takes the savepoint and ends the job, or leaves it running if the directory is blocked. */
    synchronized void stop(JobId id, TriggerId trigger, String directory) {
        ModelJob job = jobs.get(id);
        if (triggers.containsKey(trigger)) {
            return;
        }
        if (storage.isBlocked(directory)) {
            triggers.put(trigger, Optional.empty());
            return;
        }
        String path = ModelStorage.savepointPath(directory, id);
        ModelJob saved = snapshot(job, StatePointer.Kind.SAVEPOINT, Optional.of(path));
        jobs.put(id, saved.in(JobStatus.FINISHED, Optional.empty()));
        triggers.put(trigger, Optional.of(path));
    }

    /** False when the scheduler cannot, or nothing of the job has the old or the new parallelism. */
    synchronized boolean rescale(RescaleRequest request) {
        ModelJob job = jobs.get(request.job());
        boolean isMeant = job.parallelism() == request.from() || job.parallelism() == request.to();
        if (!isAdaptive || job.status() != JobStatus.RUNNING || !isMeant) {
            return false;
        }
        jobs.put(request.job(), job.withParallelism(request.to()));
        return true;
    }

    synchronized void cancel(JobId id) {
        jobs.computeIfPresent(id, (key, job) -> job.in(JobStatus.CANCELED, Optional.empty()));
    }

    /** Accepts a job, or leaves a FAILED one if its state does not fit. */
    synchronized void start(StartRequest request, boolean isFitting) {
        JobKey key = request.job().key();
        jobs.values().stream()
                .filter(other -> other.isLive() && other.key().equals(key))
                .forEach(other -> violations.add(key + ": " + request.id() + " started while "
                        + other.request().id() + " runs"));
        Optional<String> path = request.from() instanceof RestoreFrom.State state
                ? Optional.of(state.pointer().path())
                : Optional.empty();
        long restored =
                path.flatMap(storage::find).map(ModelStorage.Entry::progress).orElse(0L);
        ModelJob job = new ModelJob(
                request,
                isFitting ? JobStatus.RUNNING : JobStatus.FAILED,
                clock.instant(),
                isFitting ? restored : -1,
                0,
                Optional.empty(),
                path,
                request.job().spec().resources().parallelism(),
                isFitting ? Optional.empty() : Optional.of("the state does not fit"));
        jobs.put(request.id(), job);
    }

    private ModelJob snapshot(ModelJob job, StatePointer.Kind kind, Optional<String> place) {
        JobId id = job.request().id();
        long count = job.progress() + 1;
        StatePointer pointer = new StatePointer(
                kind,
                place.orElseGet(() -> ModelStorage.checkpointPath(id, count)),
                id,
                job.request().attempt(),
                count,
                clock.instant(),
                job.request().job().spec().flink().version());
        storage.put(pointer, count);
        ModelJob next = job.at(count, pointer);
        jobs.put(id, next);
        return next;
    }
}
