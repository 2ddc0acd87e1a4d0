// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import dev.sluice.drive.rest.CheckpointStatistics.Snapshot;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.StatePointer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One overview for all jobs; three to five more requests for each job that is looked at closely. */
final class Observing {
    private final FlinkRest rest;
    private final String flinkVersion;

    Observing(FlinkRest rest, String flinkVersion) {
        this.rest = rest;
        this.flinkVersion = flinkVersion;
    }

    List<LiveJob> observe(Map<JobId, Integer> detailed) throws RestFailure {
        List<LiveJob> jobs = new ArrayList<>();
        for (OverviewEntry entry : rest.overview()) {
            Integer attempt = detailed.get(entry.id());
            jobs.add(attempt == null ? brief(entry) : closeIfTold(entry, attempt));
        }
        return jobs;
    }

    /** What Flink will not tell of one job, such as one that initialises, hides no other. */
    private LiveJob closeIfTold(OverviewEntry entry, int attempt) throws RestFailure {
        try {
            return close(entry, attempt);
        } catch (RestFailure e) {
            if (e.kind() != RestFailure.Kind.REFUSED) {
                throw e;
            }
            return brief(entry);
        }
    }

    private LiveJob brief(OverviewEntry entry) {
        return live(entry, entry.status(), 0, Optional.empty());
    }

    private LiveJob close(OverviewEntry entry, int attempt) throws RestFailure {
        Optional<JobView> job = rest.job(entry.id());
        if (job.isEmpty()) {
            return brief(entry);
        }
        Optional<CheckpointStatistics> checkpoints = rest.checkpoints(entry.id());
        boolean isWell = job.get().status() == JobStatus.RUNNING;
        Optional<String> exception = isWell ? Optional.empty() : rest.exception(entry.id());
        JobDetail detail = new JobDetail(
                checkpoints
                        .flatMap(CheckpointStatistics::newest)
                        .map(snapshot -> pointer(snapshot, entry.id(), attempt)),
                checkpoints.flatMap(CheckpointStatistics::restoredPath),
                checkpoints.map(CheckpointStatistics::completed).orElse(0L),
                checkpoints.map(CheckpointStatistics::failed).orElse(0L),
                rest.restarts(entry.id()),
                job.get().allVerticesRunning(),
                job.get().waitingTasks(),
                exception.map(Causes::root),
                checkpoints.isPresent()
                        ? waitsFor(entry.id(), job.get(), checkpoints.get())
                        : List.of(),
                isWell && checkpoints.map(CheckpointStatistics::completed).orElse(0L) == 0
                        ? interval(entry.id())
                        : Optional.empty());
        return live(entry, job.get().status(), job.get().parallelism(), Optional.of(detail));
    }

    /** One request more while a savepoint is taken, and never else. */
    private List<String> waitsFor(JobId id, JobView job, CheckpointStatistics known)
            throws RestFailure {
        if (known.underWay().isPresent()) {
            return rest.checkpoint(id, known.underWay().get())
                    .map(savepoint -> RestReader.unacknowledged(job.vertices(), savepoint))
                    .orElse(List.of());
        }
        boolean isSaved = known.newest()
                .filter(snapshot -> snapshot.kind() == StatePointer.Kind.SAVEPOINT)
                .isPresent();
        return isSaved && !job.status().isGloballyTerminal() ? job.unfinished() : List.of();
    }

    /** Only Flink knows it where the program or the cluster says it. */
    private Optional<Duration> interval(JobId job) throws RestFailure {
        return rest.checkpointConfiguration(job)
                .flatMap(Portraits::settings)
                .map(CheckpointSettings::interval);
    }

    private StatePointer pointer(Snapshot snapshot, JobId job, int attempt) {
        return new StatePointer(
                snapshot.kind(),
                snapshot.path(),
                job,
                attempt,
                snapshot.id(),
                snapshot.completedAt(),
                flinkVersion);
    }

    private LiveJob live(
            OverviewEntry entry, JobStatus status, int parallelism, Optional<JobDetail> detail) {
        String kind = status.isGloballyTerminal() ? "completed" : "running";
        String page = rest.base() + "/#/job/" + kind + "/" + entry.id() + "/overview";
        return new LiveJob(
                entry.id(),
                entry.name(),
                status,
                entry.startedAt(),
                parallelism,
                flinkVersion,
                Optional.of(page),
                detail);
    }
}
