// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Lineage;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether a job is what git wants and was stable before, so that the rules would find nothing to do or
 * to note. Most jobs of most rounds are; they are asked without allocating anything, which is why this
 * has loops instead of streams. In doubt it says no, and the rules decide.
 */
final class Settled {
    private Settled() {}

    static boolean isSettled(Desired desired, JobRecord record, Observed observed) {
        if (!(record.phase() instanceof Phase.Stable stable)
                || !(desired instanceof Desired.Specified specified)
                || !(observed instanceof Observed.Present present)) {
            return false;
        }
        return isInForce(specified.job(), record)
                && hasNoUnfinishedWord(specified.job().spec(), record.notes())
                && isWell(present.attempts(), stable.id(), record, observed.at());
    }

    private static boolean isInForce(EffectiveJob wanted, JobRecord record) {
        Optional<EffectiveJob> deployed = record.deployed();
        return deployed.isPresent()
                && wanted.isSameAs(deployed.get())
                && wanted.spec().state() == JobSpec.State.RUNNING;
    }

    /** Nothing was refused or tried in vain, and the word on the state to start from was honoured. */
    private static boolean hasNoUnfinishedWord(JobSpec spec, Notes notes) {
        Optional<Lineage.Restore> word = spec.lineage().restore();
        boolean isHonoured = word.isEmpty()
                || notes.restoreNonce().isPresent()
                        && notes.restoreNonce().get() >= word.get().nonce();
        return isHonoured && notes.refused().isEmpty() && notes.triedFor().isEmpty();
    }

    /** The attempt alone is live, runs, and shows nothing that would be noted. */
    private static boolean isWell(
            List<LiveJob> attempts, JobId current, JobRecord record, Instant at) {
        boolean isFound = false;
        for (int i = 0; i < attempts.size(); i++) {
            LiveJob job = attempts.get(i);
            boolean isCurrent = job.id().equals(current);
            if (!isCurrent && !job.status().isGloballyTerminal()
                    || isCurrent && (isFound || !isWell(job, record, at))) {
                return false;
            }
            isFound |= isCurrent;
        }
        return isFound;
    }

    private static boolean isWell(LiveJob job, JobRecord record, Instant at) {
        if (job.status() != JobStatus.RUNNING || isToNote(record, at)) {
            return false;
        }
        if (job.detail().isEmpty()) {
            return true;
        }
        JobDetail detail = job.detail().get();
        boolean hasCheckpoint =
                detail.completedCheckpoints() > 0 || detail.latestCompleted().isPresent();
        return detail.waitingTasks() == 0
                && (record.notes().checkpointed() || !hasCheckpoint)
                && isAsPlanned(job.id(), detail, record, at);
    }

    private static boolean isToNote(JobRecord record, Instant at) {
        return record.lastSeenRunning().isEmpty()
                || at.getEpochSecond() - record.lastSeenRunning().get().getEpochSecond()
                        >= Limits.NOTE_EVERY.getSeconds();
    }

    /** What {@link Restored} calls as planned, told apart by equal texts alone. */
    private static boolean isAsPlanned(JobId id, JobDetail detail, JobRecord record, Instant at) {
        if (record.attempt() == 0 || record.startedFrom().isEmpty()) {
            return true;
        }
        RestoreFrom planned = record.startedFrom().get();
        if (detail.restoredPath().isEmpty()) {
            return planned instanceof RestoreFrom.Empty && isAsFarAsKnown(detail, record, at);
        }
        String path = detail.restoredPath().get();
        boolean isPlanned = planned instanceof RestoreFrom.State state
                && state.pointer().path().equals(path);
        return path.contains(id.hex()) || isPlanned && isAsFarAsKnown(detail, record, at);
    }

    /** It has not gone back behind a checkpoint of its own that is known. */
    private static boolean isAsFarAsKnown(JobDetail detail, JobRecord record, Instant at) {
        for (int i = 0; i < record.lineage().size(); i++) {
            StatePointer known = record.lineage().get(i);
            boolean isOwn = known.kind() == StatePointer.Kind.CHECKPOINT
                    && known.attempt() == record.attempt()
                    && !at.isBefore(known.completedAt());
            if (isOwn) {
                return detail.latestCompleted().isPresent()
                        && !known.isNewerThan(detail.latestCompleted().get());
            }
        }
        return true;
    }
}
