// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.drive.StartRequest;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Program;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.StatePointer;
import java.time.Instant;
import java.util.Optional;

/** One job of the model cluster: it counts, and a checkpoint keeps the count. */
final class FlinkJob {
    private static final int BAD_AFTER = 12;
    private static final int FINISHED_AFTER = 40;

    final StartRequest request;
    final Instant startedAt;
    JobStatus status = JobStatus.RUNNING;
    boolean ran = true;
    long count;
    long nextId = 1;
    int completed;
    Optional<StatePointer> latest = Optional.empty();
    Optional<String> restored;
    Instant runsAgainAt = Instant.MIN;
    Instant checkpointAt;
    int parallelism;
    String logLevel;
    Optional<Instant> cancelledUntil = Optional.empty();

    FlinkJob(StartRequest request, Optional<Disk.Entry> from, Instant now) {
        this.request = request;
        this.startedAt = now;
        this.restored = from.map(entry -> entry.pointer().path());
        this.count = from.map(Disk.Entry::count).orElse(0L);
        this.nextId = from.map(entry -> entry.pointer().checkpointId() + 1).orElse(1L);
        this.checkpointAt = now.plusSeconds(10);
        this.parallelism = request.job().spec().resources().parallelism();
        this.logLevel = logLevel(request.job().spec());
    }

    static String logLevel(JobSpec spec) {
        return spec.configuration().getOrDefault("env.log.level", "");
    }

    /** What runs is what the spec says, changes made to the running job included. */
    boolean isAs(JobSpec spec) {
        JobSpec now = Specs.logging(Specs.scaled(request.job().spec(), parallelism), logLevel);
        return parallelism == spec.resources().parallelism()
                && Specs.logging(now, "").equals(Specs.logging(spec, ""));
    }

    JobKey key() {
        return request.job().key();
    }

    JobId id() {
        return request.id();
    }

    boolean isLive() {
        return !status.isGloballyTerminal();
    }

    boolean isRunning() {
        return status == JobStatus.RUNNING;
    }

    boolean isBatch() {
        return request.job().spec().schedule().isPresent();
    }

    /** A batch job has done its work. */
    boolean isToFinish(Instant now) {
        return isRunning() && isBatch() && !now.isBefore(startedAt.plusSeconds(FINISHED_AFTER));
    }

    String sql() {
        return ((Program.Sql) request.job().spec().program()).text();
    }

    /** Its program throws some time after it began. */
    boolean isToFail(Instant now) {
        return isRunning()
                && sql().startsWith("bad")
                && !now.isBefore(startedAt.plusSeconds(BAD_AFTER));
    }

    /** Its application waits in the queue for so long. */
    void acceptedLate(int seconds) {
        status = JobStatus.INITIALIZING;
        runsAgainAt = startedAt.plusSeconds(seconds);
        checkpointAt = runsAgainAt.plusSeconds(10);
    }

    /** Falls back to its newest checkpoint and runs again in so many seconds. */
    void restart(Disk disk, Instant now, int seconds) {
        status = JobStatus.RESTARTING;
        runsAgainAt = now.plusSeconds(seconds);
        checkpointAt = runsAgainAt.plusSeconds(10);
        Optional<StatePointer> newest = disk.checkpoints(id()).stream().reduce((a, b) -> b);
        newest.ifPresent(pointer -> restored = Optional.of(pointer.path()));
        count = restored.flatMap(disk::find).map(Disk.Entry::count).orElse(0L);
    }

    LiveJob seen(boolean isDetailed) {
        JobDetail detail =
                new JobDetail(latest, restored, completed, 0, 0, isRunning(), 0, Optional.empty());
        return new LiveJob(
                id(),
                key().display(),
                status,
                startedAt,
                parallelism,
                "1.20",
                Optional.empty(),
                isDetailed ? Optional.of(detail) : Optional.empty());
    }
}
