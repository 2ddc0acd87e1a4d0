// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import dev.sluice.plan.Decision;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Notes;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.git.Fetched;
import dev.sluice.reconcile.git.GitRemote;
import dev.sluice.reconcile.git.GitSource;
import dev.sluice.reconcile.journal.FollowedCommit;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.journal.Leadership;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.SpecReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a controller left behind that had all jobs of a commit running but one. */
final class ControllerMemory {
    private final Instant now = Clock.systemUTC().instant();
    private final Path directory;
    private final List<LiveJob> seen = new ArrayList<>();

    private ControllerMemory(Path directory) {
        this.directory = directory;
    }

    /**
     * Writes the journal of a controller that follows main, and answers its configuration.
     *
     * @param suspended the job that is down, with state to go on from
     */
    static Path write(Path directory, JobsRepository jobs, String suspended) throws IOException {
        ControllerMemory memory = new ControllerMemory(directory);
        memory.fill(jobs, suspended);
        return Files.writeString(
                directory.resolve("controller.yaml"),
                "repository: " + jobs.url()
                        + "\nenvironment: test\nbranch: main\ndataDirectory: data\n");
    }

    private void fill(JobsRepository jobs, String suspended) {
        Path data = directory.resolve("data");
        GitRemote remote = new GitRemote(jobs.url(), "main");
        try (GitSource source = GitSource.open(data, remote, Clock.systemUTC());
                Journal journal = Journal.open(data)) {
            Fetched.Advanced fetched = (Fetched.Advanced) source.fetch();
            journal.followed(List.of(new FollowedCommit(
                    fetched.head(), FollowedCommit.Verdict.ACCEPTED, "", List.of(), now)));
            CommitReading reading = new SpecReader().read(fetched.tree(), "test", Optional.empty());
            Leadership lease = journal.acquire("test", Duration.ofMinutes(1), now);
            List<Decision> records = reading.jobs().values().stream()
                    .map(job -> remembered(job, job.key().name().equals(suspended)))
                    .toList();
            journal.store(((Leadership.Leading) lease).token(), records, reading.commit(), now);
            journal.observed(new ClusterObservation("lab", now, seen, Optional.empty()));
        }
    }

    private Decision remembered(EffectiveJob job, boolean isDown) {
        JobKey key = job.key();
        JobId id = JobId.of(key, 1);
        if (!isDown) {
            seen.add(running(id, key));
        }
        StatePointer newest = new StatePointer(
                StatePointer.Kind.CHECKPOINT,
                "file:/state/" + key.name() + "/chk-812",
                id,
                1,
                812,
                now.minusSeconds(40),
                "1.20");
        JobRecord record = new JobRecord(
                key,
                1,
                isDown
                        ? new Phase.Suspended(new RestoreFrom.State(newest), now)
                        : new Phase.Stable(id, now.minusSeconds(3_000)),
                Optional.of(job),
                Optional.of(new RestoreFrom.Empty("first start")),
                Optional.of(job),
                List.of(newest),
                Optional.of(now),
                List.of(),
                0,
                Notes.NONE);
        return new Decision(record, Optional.empty(), List.of(), Reason.InSync, Optional.empty());
    }

    private LiveJob running(JobId id, JobKey key) {
        return new LiveJob(
                id,
                key.display(),
                JobStatus.RUNNING,
                now.minusSeconds(3_600),
                1,
                "1.20",
                Optional.empty(),
                Optional.empty());
    }
}
