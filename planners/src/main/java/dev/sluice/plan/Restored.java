// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.observed.JobDetail;
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
            return restoredNothing(planned, detail);
        }
        String path = detail.restoredPath().get();
        if (isOwn(record, job, path)) {
            return Verdict.AS_PLANNED;
        }
        if (!isPlanned(planned, path) || wentBack(record, detail, seenAt)) {
            return Verdict.DIFFERS;
        }
        return Verdict.AS_PLANNED;
    }

    /** What a running attempt restored, for people. */
    static String restored(LiveJob job) {
        return job.detail().flatMap(JobDetail::restoredPath).orElse("nothing");
    }

    /** True when two paths name one place: {@code file:/x}, {@code file:///x} and {@code /x} do. */
    static boolean isSame(String one, String other) {
        return normal(one).equals(normal(other));
    }

    private static Verdict restoredNothing(RestoreFrom planned, JobDetail detail) {
        if (planned instanceof RestoreFrom.Empty) {
            return Verdict.AS_PLANNED;
        }
        // The JobManager names the restored path once it has restored, before any vertex runs.
        return detail.allVerticesRunning() ? Verdict.DIFFERS : Verdict.NOT_KNOWN;
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
     * The planned path was restored a second time although the attempt has state of its own: a
     * JobManager came back with the old command line and nothing else. A look from before that state
     * was known, which another controller may have noted, says nothing of it.
     */
    private static boolean wentBack(JobRecord record, JobDetail detail, Instant seenAt) {
        if (record.lastSeenRunning().filter(seenAt::isBefore).isPresent()) {
            return false;
        }
        Optional<StatePointer> own = record.lineage().stream()
                .filter(known -> known.kind() == StatePointer.Kind.CHECKPOINT)
                .filter(known -> known.attempt() == record.attempt())
                .filter(known -> !seenAt.isBefore(known.completedAt()))
                .findFirst();
        return own.filter(known -> detail.latestCompleted().isEmpty()
                        || (!isSame(known.path(), detail.latestCompleted().get().path())
                                && known.isNewerThan(detail.latestCompleted().get())))
                .isPresent();
    }

    private static String normal(String path) {
        String plain = path.startsWith("file:") ? path.substring("file:".length()) : path;
        if (plain.startsWith("/")) {
            plain = "/" + plain.replaceFirst("^/+", "");
        }
        return plain.replaceFirst("/+$", "");
    }
}
