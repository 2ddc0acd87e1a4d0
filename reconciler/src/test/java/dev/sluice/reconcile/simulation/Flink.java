// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.drive.RescaleRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.StopRequest;
import dev.sluice.reconcile.simulation.Event.Kind;
import dev.sluice.reconcile.simulation.Operation.Fate;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.TriggerId;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A session cluster: one JobManager with its memory, TaskManagers that outlive it for a while, and
 * what its requests do. Facts F1 to F3 and F8 of the design, and retention on cancellation.
 */
final class Flink {
    /** {@code heartbeat.timeout}: so long TaskManagers work on without their JobManager. */
    static final int HEARTBEAT = 50;

    private static final int STORE = 300;

    /** A job whose JobManager is gone and whose tasks run on. */
    private record Orphan(FlinkJob job, Instant until) {}

    private final Script script;
    private final Disk disk;
    private final Faults faults;
    private final Witness witness;
    private final TreeMap<JobId, FlinkJob> jobs = new TreeMap<>();
    private final Map<TriggerId, Operation> operations = new HashMap<>();
    private final List<Orphan> orphans = new ArrayList<>();
    private final Map<JobId, JobKey> revived = new HashMap<>();
    private final Map<JobKey, Integer> lingering = new HashMap<>();
    private final TreeMap<JobKey, Instant> revivals = new TreeMap<>();
    private Instant now;
    private Instant upSince;
    private Instant downUntil = Instant.MIN;
    private Instant unreachableUntil = Instant.MIN;
    private Instant listedFrom = Instant.MIN;

    Flink(Script script, Disk disk, Faults faults, Witness witness, Instant start) {
        this.script = script;
        this.disk = disk;
        this.faults = faults;
        this.witness = witness;
        this.now = start;
        this.upSince = start.minus(Duration.ofHours(1));
    }

    /** Time passes. */
    void advance(Instant next) {
        long seconds = Duration.between(now, next).toSeconds();
        now = next;
        orphans.removeIf(orphan -> !now.isBefore(orphan.until()));
        orphans.forEach(orphan -> orphan.job().count += seconds);
        if (now.isBefore(downUntil)) {
            return;
        }
        List<JobKey> due = revivals.keySet().stream()
                .filter(key -> !now.isBefore(revivals.get(key)))
                .toList();
        due.forEach(key -> {
            revivals.remove(key);
            revive(key);
        });
        jobs.values().forEach(job -> live(job, seconds));
        operations.values().stream()
                .filter(operation -> !operation.isDone && !now.isBefore(operation.doneAt))
                .toList()
                .forEach(this::complete);
        operations
                .values()
                .removeIf(operation ->
                        operation.isDone && now.isAfter(operation.doneAt.plusSeconds(STORE)));
    }

    private void live(FlinkJob job, long seconds) {
        if (job.status == JobStatus.CANCELLING && isOver(job)) {
            end(job, JobStatus.CANCELED);
        }
        boolean isComing =
                job.status == JobStatus.RESTARTING || job.status == JobStatus.INITIALIZING;
        if (isComing && !now.isBefore(job.runsAgainAt)) {
            job.status = JobStatus.RUNNING;
        }
        if (!job.isRunning()) {
            return;
        }
        job.count += seconds;
        if (job.isToFail(now)) {
            end(job, JobStatus.FAILED);
        } else if (job.isToFinish(now)) {
            end(job, JobStatus.FINISHED);
        } else if (!now.isBefore(job.checkpointAt)) {
            job.checkpointAt = now.plusSeconds(10);
            checkpoint(job);
        }
    }

    private boolean isOver(FlinkJob job) {
        return job.cancelledUntil.filter(until -> !now.isBefore(until)).isPresent();
    }

    private void checkpoint(FlinkJob job) {
        if (job.isBatch() || faults.isSpoilt(job.key(), Kind.UNWRITABLE, now)) {
            return;
        }
        String path = "model:/checkpoints/" + job.id() + "/chk-" + job.nextId;
        StatePointer pointer = save(job, StatePointer.Kind.CHECKPOINT, path, "");
        job.completed++;
        disk.discardCheckpoints(job.id(), Optional.of(pointer));
    }

    private StatePointer save(FlinkJob job, StatePointer.Kind kind, String path, String directory) {
        StatePointer pointer = new StatePointer(
                kind, path, job.id(), job.request.attempt(), job.nextId, now, "1.20");
        job.nextId++;
        job.latest = Optional.of(pointer);
        disk.put(job.key(), pointer, directory, job.count);
        return pointer;
    }

    private void complete(Operation operation) {
        FlinkJob job = jobs.get(operation.job);
        boolean isImpossible = job == null
                || !job.isRunning()
                || job.isBatch()
                || operation.fate == Fate.SAVEPOINT_FAILS
                || faults.isSpoilt(job.key(), Kind.UNWRITABLE, now);
        if (isImpossible) {
            operation.failed(now);
            return;
        }
        String path = "model:/savepoints/" + operation.directory + "/savepoint-"
                + job.id().hex().substring(0, 6);
        operation.savepoint =
                Optional.of(save(job, StatePointer.Kind.SAVEPOINT, path, operation.directory));
        operation.isDone = true;
        operation.isFailed = operation.fate != Fate.WELL;
        switch (operation.fate) {
            case WELL -> end(job, JobStatus.FINISHED);
            case FAILS -> end(job, JobStatus.FAILED);
            case RUNS_ON -> job.restart(disk, now, 6);
            case SAVEPOINT_FAILS -> throw new IllegalStateException("failed before");
        }
    }

    private void end(FlinkJob job, JobStatus status) {
        job.status = status;
        Optional.ofNullable(lingering.remove(job.key()))
                .ifPresent(seconds -> revivals.put(job.key(), now.plusSeconds(seconds)));
        if (status == JobStatus.FINISHED) {
            disk.discardCheckpoints(job.id(), Optional.empty());
        }
        failOperations(job.id());
    }

    private void failOperations(JobId id) {
        operations.values().stream()
                .filter(operation -> operation.job.equals(id) && !operation.isDone)
                .forEach(operation -> operation.failed(now));
    }

    // What happens by itself.

    /** Nothing is away any more. */
    void calm() {
        unreachableUntil = now;
        listedFrom = now;
        lingering.clear();
        revivals.clear();
    }

    void unreachable(int seconds) {
        unreachableUntil = now.plusSeconds(seconds);
    }

    /**
     * The resource manager fails over: away for a third of the time, then with an empty list until
     * its nodes have told what they run. The jobs do not notice.
     */
    void loseResourceManager(int seconds) {
        if (script.isApplication()) {
            unreachable(seconds / 3);
            listedFrom = now.plusSeconds(seconds);
        }
    }

    /** The JobManager dies; its memory of operations and of ended jobs is gone in any case. */
    void loseJobManager(int seconds) {
        if (now.isBefore(downUntil)) {
            return;
        }
        downUntil = now.plusSeconds(seconds);
        upSince = downUntil;
        operations.clear();
        jobs.values().removeIf(job -> !job.isLive());
        if (script.isHighlyAvailable()) {
            jobs.values().stream()
                    .filter(job -> job.status != JobStatus.CANCELLING)
                    .forEach(job -> job.restart(disk, now, seconds + 4));
            return;
        }
        if (script.isApplication()) {
            // The resource manager ends all containers of an application whose master is gone.
            jobs.clear();
            return;
        }
        jobs.values().forEach(job -> orphans.add(new Orphan(job, now.plusSeconds(HEARTBEAT))));
        jobs.clear();
    }

    void fail(JobKey key, JobStatus status) {
        running(key).ifPresent(job -> end(job, status));
    }

    void restart(JobKey key, int seconds) {
        running(key).ifPresent(job -> {
            failOperations(job.id());
            job.restart(disk, now, seconds);
        });
    }

    /**
     * A JobManager finds the metadata of an attempt that has ended, left behind, and runs it again from
     * its newest checkpoint: at once, or so long after the next end of a job that runs. Where another
     * attempt of the job has begun nobody could keep it from that, so there it does not happen.
     */
    void revive(JobKey key, int seconds) {
        if (working(key).isEmpty()) {
            revive(key);
        } else {
            lingering.put(key, seconds);
        }
    }

    private void revive(JobKey key) {
        if (!script.isHighlyAvailable() || !isReachable() || !working(key).isEmpty()) {
            return;
        }
        jobs.values().stream()
                .filter(job -> job.key().equals(key) && job.ran && !job.isBatch())
                .max(Comparator.comparingInt(job -> job.request.attempt()))
                .ifPresent(job -> {
                    revived.put(job.id(), key);
                    operations.values().removeIf(known -> known.job.equals(job.id()));
                    job.restart(disk, now, 4);
                });
    }

    boolean hasRevived(JobId id) {
        return revived.containsKey(id);
    }

    /** A person ends what came back and should not run, and is told that it had. */
    void endRevived(JobKey key) {
        working(key).stream()
                .filter(job -> hasRevived(job.id()))
                .forEach(job -> end(job, JobStatus.CANCELED));
    }

    boolean hasRevived(JobKey key) {
        return revived.containsValue(key);
    }

    private Optional<FlinkJob> running(JobKey key) {
        boolean isDown = now.isBefore(downUntil);
        return jobs.values().stream()
                .filter(job -> !isDown && job.key().equals(key) && job.isRunning())
                .findFirst();
    }

    // What requests ask for.

    boolean isReachable() {
        return !now.isBefore(unreachableUntil) && !now.isBefore(downUntil);
    }

    /** False while a new resource manager has not heard of all applications again. */
    boolean isListed() {
        return !now.isBefore(listedFrom);
    }

    boolean areOrphansExcluded() {
        return script.isApplication() || now.isAfter(upSince.plusSeconds(HEARTBEAT));
    }

    List<LiveJob> overview(java.util.Set<JobId> detailed) {
        return jobs.values().stream()
                .filter(job -> isListed())
                .filter(job -> !faults.isSpoilt(job.key(), Kind.OMIT_FROM_OVERVIEW, now))
                .map(job -> job.seen(detailed.contains(job.id())))
                .toList();
    }

    Optional<FlinkJob> job(JobId id) {
        return Optional.ofNullable(jobs.get(id));
    }

    Optional<Operation> operation(TriggerId trigger) {
        return Optional.ofNullable(operations.get(trigger));
    }

    void stop(StopRequest request) {
        witness.stops(request.key(), request.trigger());
        if (operations.containsKey(request.trigger())) {
            return;
        }
        boolean isBusy = operations.values().stream()
                .anyMatch(other -> other.job.equals(request.job()) && !other.isDone);
        if (isBusy) {
            throw new Violation("I3", "a second stop of " + request.job() + " while one is open");
        }
        int takes =
                faults.take(request.key(), Kind.SLOW_SAVEPOINT).map(n -> 4 * n).orElse(4);
        Operation operation = new Operation(
                request.job(), request.directory(), fate(request.key()), now.plusSeconds(takes));
        operations.put(request.trigger(), operation);
        if (!jobs.get(request.job()).isRunning()) {
            operation.failed(now);
        }
    }

    private Fate fate(JobKey key) {
        if (faults.take(key, Kind.SAVEPOINT_FAILS).isPresent()) {
            return Fate.SAVEPOINT_FAILS;
        }
        if (faults.take(key, Kind.SAVEPOINT_BUT_RUNS_ON).isPresent()) {
            return Fate.RUNS_ON;
        }
        return faults.take(key, Kind.SAVEPOINT_BUT_FAILS).isPresent() ? Fate.FAILS : Fate.WELL;
    }

    void cancel(JobKey key, JobId id) {
        FlinkJob job = jobs.get(id);
        if (job.status == JobStatus.CANCELLING) {
            return;
        }
        witness.cancels(key, id);
        Optional<Integer> hangs = faults.take(key, Kind.CANCEL_HANGS);
        if (hangs.isEmpty()) {
            end(job, JobStatus.CANCELED);
            return;
        }
        failOperations(id);
        job.status = JobStatus.CANCELLING;
        job.cancelledUntil = Optional.of(now.plusSeconds(10L * hangs.get()));
    }

    /** Ends the cluster of one attempt and so its job, whatever it does; false where it is shared. */
    boolean endCluster(JobKey key, JobId id) {
        if (!script.isApplication()) {
            return false;
        }
        Optional<FlinkJob> job = job(id).filter(FlinkJob::isLive);
        job.ifPresent(live -> {
            witness.ends(key, id);
            end(live, JobStatus.FAILED);
        });
        return true;
    }

    /** Restarts the job in place with another parallelism; false where the scheduler cannot. */
    boolean rescale(RescaleRequest request) {
        if (!script.isAdaptive()) {
            return false;
        }
        FlinkJob job = jobs.get(request.job());
        if (job.parallelism != request.to()) {
            witness.rescales(request);
            failOperations(job.id());
            job.parallelism = request.to();
            job.restart(disk, now, 4);
        }
        return true;
    }

    /** Accepts a job under its id, or leaves one that has burnt it. */
    FlinkJob start(StartRequest request) {
        witness.starts(request);
        if (job(request.id()).filter(FlinkJob::isLive).isPresent()) {
            throw new Violation("I1", request.id() + " is submitted a second time");
        }
        Optional<Disk.Entry> from = request.from() instanceof RestoreFrom.State state
                ? disk.find(state.pointer().path())
                : Optional.empty();
        FlinkJob job = new FlinkJob(request, from, now);
        boolean isUnfit = job.sql().startsWith("unfit") && from.isPresent();
        if (isUnfit || faults.take(request.job().key(), Kind.SUBMIT_BURNS).isPresent()) {
            job.ran = false;
            job.status = JobStatus.FAILED;
        }
        if (script.isApplication() && job.ran) {
            faults.take(job.key(), Kind.SUBMIT_LATE).ifPresent(job::acceptedLate);
        }
        jobs.put(request.id(), job);
        return job;
    }

    // What nobody in the run can see.

    /** Every instance that works for a key now, orphaned ones too. */
    List<FlinkJob> working(JobKey key) {
        List<FlinkJob> found = new ArrayList<>();
        for (FlinkJob job : jobs.values()) {
            if (job.isLive() && job.key().equals(key)) {
                found.add(job);
            }
        }
        for (Orphan orphan : orphans) {
            if (orphan.job().key().equals(key)) {
                found.add(orphan.job());
            }
        }
        return found;
    }
}
