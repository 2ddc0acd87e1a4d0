// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Instant;
import java.util.Optional;

/** Compares what a running attempt restored with what it was meant to restore. */
final class Restored {
    /** The three answers. */
    enum Verdict {
        AS_PLANNED,
        NOT_KNOWN,
        DIFFERS
    }

    private Restored() {}

    /**
     * The verdict on an attempt. A restore from the attempt's own later state is as planned: Flink
     * itself recovered the job.
     *
     * @param seenAt when the job was seen so
     */
    static Verdict judge(JobRecord record, LiveJob job, Instant seenAt) {
        if (job.detail().isEmpty()
                || record.attempt() == 0
                || record.startedFrom().isEmpty()) {
            return record.attempt() == 0 ? Verdict.AS_PLANNED : Verdict.NOT_KNOWN;
        }
        JobDetail detail = job.detail().get();
        RestoreFrom planned = record.startedFrom().get();
        if (detail.restoredPath().isEmpty()) {
            return restoredNothing(record, job, planned, seenAt);
        }
        String path = detail.restoredPath().get();
        if (isOwn(record, job, path)) {
            return Verdict.AS_PLANNED;
        }
        boolean isAsPlanned =
                isPlanned(planned, path) && left(record, detail, seenAt).isEmpty();
        return isAsPlanned ? Verdict.AS_PLANNED : Verdict.DIFFERS;
    }

    /** What has happened to an attempt that restored something else, for people. */
    static String told(JobRecord record, LiveJob job, Instant seenAt) {
        Optional<JobDetail> detail = job.detail();
        Optional<String> restored = detail.flatMap(JobDetail::restoredPath);
        RestoreFrom planned =
                record.startedFrom().orElseGet(() -> new RestoreFrom.Empty("nothing is known"));
        boolean isPlanned = restored.map(path -> isPlanned(planned, path))
                .orElse(planned instanceof RestoreFrom.Empty);
        Optional<StatePointer> left = detail.flatMap(seen -> left(record, seen, seenAt));
        if (isPlanned && left.isPresent()) {
            return "the job went back to where attempt " + record.attempt() + " began: its"
                    + " JobManager came back and restored " + restored.orElse("nothing")
                    + ", but the attempt had completed " + left.get().path();
        }
        return "the job restored " + restored.orElse("nothing") + ", planned was " + planned;
    }

    /** True when two paths name one place: {@code file:/x}, {@code file:///x} and {@code /x} do. */
    static boolean isSame(String one, String other) {
        return normal(one).equals(normal(other));
    }

    private static Verdict restoredNothing(
            JobRecord record, LiveJob job, RestoreFrom planned, Instant seenAt) {
        JobDetail detail = job.detail().orElseThrow();
        // The JobManager names the restored path once it has restored, before any vertex runs.
        boolean hasRestored = detail.allVerticesRunning();
        if (!(planned instanceof RestoreFrom.Empty)) {
            return hasRestored && isTold(record, detail, seenAt)
                    ? Verdict.DIFFERS
                    : Verdict.NOT_KNOWN;
        }
        boolean isUp = hasRestored && job.status() == JobStatus.RUNNING;
        return isUp && left(record, detail, seenAt).isPresent()
                ? Verdict.DIFFERS
                : Verdict.AS_PLANNED;
    }

    /**
     * Flink keeps what it says of checkpoints for {@code web.refresh-interval}, apart from what it
     * says of vertices ({@code AbstractCheckpointStatsHandler}): under the adaptive scheduler it may be
     * from before the job had a graph, and then says nothing of what was restored.
     */
    private static boolean isTold(JobRecord record, JobDetail detail, Instant seenAt) {
        return detail.completedCheckpoints() > 0
                || !(record.phase() instanceof Phase.Verifying verifying)
                || seenAt.isAfter(verifying.since().plus(Limits.RESTORED));
    }

    private static boolean isPlanned(RestoreFrom planned, String path) {
        return planned instanceof RestoreFrom.State state
                && isSame(state.pointer().path(), path);
    }

    private static boolean isOwn(JobRecord record, LiveJob job, String path) {
        return path.contains(job.id().hex())
                || record.lineage().stream()
                        .anyMatch(known ->
                                known.attempt() == record.attempt() && isSame(known.path(), path));
    }

    /**
     * The attempt's own checkpoint that it knows no more: what was planned was restored a second time
     * although the attempt has newer state, because a JobManager came back with the old command line
     * and nothing else. A look from before that state was known, which another controller may have
     * noted, says nothing of it.
     */
    private static Optional<StatePointer> left(JobRecord record, JobDetail detail, Instant seenAt) {
        if (record.lastSeenRunning().filter(seenAt::isBefore).isPresent()) {
            return Optional.empty();
        }
        return record.lineage().stream()
                .filter(known -> known.kind() == StatePointer.Kind.CHECKPOINT)
                .filter(known -> known.attempt() == record.attempt())
                .filter(known -> !seenAt.isBefore(known.completedAt()))
                .findFirst()
                .filter(known -> detail.latestCompleted().isEmpty()
                        || (!isSame(known.path(), detail.latestCompleted().get().path())
                                && known.isNewerThan(detail.latestCompleted().get())));
    }

    private static String normal(String path) {
        String plain = path.startsWith("file:") ? path.substring("file:".length()) : path;
        if (plain.startsWith("/")) {
            plain = "/" + plain.replaceFirst("^/+", "");
        }
        return plain.replaceFirst("/+$", "");
    }
}
