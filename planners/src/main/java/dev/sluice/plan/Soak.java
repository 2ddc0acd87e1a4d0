// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.JobSpec;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a started attempt counts as stable: it restored what was planned, every look of the soak found
 * all vertices running and no restart since the look before, it completed a checkpoint of its own if
 * checkpoints are on, by the spec or by Flink's word, and a scheduler that adapts has given it the parallelism of the spec, or had the
 * time to.
 */
final class Soak {
    private final Situation situation;
    private final JobRecord record;
    private final Phase.Verifying phase;

    Soak(Situation situation, Phase.Verifying phase) {
        this.situation = situation;
        this.record = situation.record();
        this.phase = phase;
    }

    Decision verify(LiveJob job) {
        if (isBeyondHope(job)) {
            return bad(
                    well(Optional.empty()),
                    "restarted " + restarts(job) + " times on another Flink version without a"
                            + " checkpoint"
                            + job.detail()
                                    .flatMap(JobDetail::rootCause)
                                    .map(cause -> ": " + cause)
                                    .orElse(""));
        }
        boolean isWell = !hasRestarted(job)
                && job.status() == JobStatus.RUNNING
                && job.detail().filter(JobDetail::allVerticesRunning).isPresent()
                && Restored.judge(record, job, situation.observed().at())
                        == Restored.Verdict.AS_PLANNED;
        if (!isWell) {
            return notWell(job);
        }
        Instant since = phase.wellSince().orElse(situation.observed().at());
        Instant end = since.plus(SoakTime.of(spec(), told()));
        boolean isSoaked = !situation.observed().at().isBefore(end);
        boolean isCheckpointing =
                JobShape.isCheckpointing(spec()) || told().isPresent() && !JobShape.isBatch(spec());
        boolean lacksCheckpoint = isCheckpointing
                && job.detail().map(JobDetail::completedCheckpoints).orElse(0L) == 0;
        if (!isSoaked) {
            return soaking(since, end);
        }
        if (lacksCheckpoint) {
            return withoutCheckpoint(since, since.plus(SoakTime.longest(spec(), told())));
        }
        return isWaitedForSlots(job)
                ? narrow(job, since)
                : Decision.rest(
                        record.stable(new Phase.Stable(phase.id(), situation.now())),
                        Reason.Stable);
    }

    /** Where nothing says otherwise, Flink tries for ever what its new version cannot restore. */
    private boolean isBeyondHope(LiveJob job) {
        return restarts(job) >= Limits.RESTARTS && Rollback.isToOtherVersion(situation);
    }

    private static long restarts(LiveJob job) {
        return job.detail()
                .filter(detail -> detail.completedCheckpoints() == 0)
                .map(JobDetail::restarts)
                .orElse(0L);
    }

    private static long counted(Optional<JobDetail> detail) {
        return detail.map(JobDetail::restarts).orElse(0L);
    }

    /** A job may crash and be back between two looks; a JobManager that is back counts from 0. */
    private boolean hasRestarted(LiveJob job) {
        return phase.wellSince().isPresent() && counted(job.detail()) > phase.restarts();
    }

    /**
     * The adaptive scheduler takes what slots there are, and makes a change no sooner than half a
     * minute after the last one. With less than the spec says the job is no failure, so the wait ends.
     */
    private boolean isWaitedForSlots(LiveJob job) {
        return JobShape.isRescalable(spec())
                && job.parallelism() > 0
                && job.parallelism() < spec().resources().parallelism()
                && situation.now().isBefore(phase.since().plus(Limits.START));
    }

    private Decision narrow(LiveJob job, Instant since) {
        return Decision.hold(
                well(Optional.of(since)),
                Reason.Soaking,
                "runs with parallelism " + job.parallelism() + " instead of "
                        + spec().resources().parallelism()
                        + ": Flink waits for slots, or a while between changes");
    }

    private Decision soaking(Instant since, Instant end) {
        return Decision.hold(
                well(Optional.of(since)),
                Reason.Soaking,
                "runs well since " + since + ", counts as stable at " + end,
                end);
    }

    /** @param due when the first should have begun, at the latest */
    private Decision withoutCheckpoint(Instant since, Instant due) {
        JobRecord next = well(Optional.of(since));
        String text = "no checkpoint completed since the start";
        return situation.now().isBefore(due.plus(Limits.START))
                ? Decision.hold(next, Reason.Soaking, text)
                : bad(next, text);
    }

    private Decision notWell(LiveJob job) {
        JobRecord next = well(Optional.empty());
        String standing = hasRestarted(job)
                ? "the job restarted while it was proving itself"
                : Slots.standing(job);
        String text = standing
                + job.detail()
                        .flatMap(JobDetail::rootCause)
                        .map(cause -> ": " + cause)
                        .orElse("");
        return situation.now().isBefore(begun(Optional.empty()).plus(Limits.START))
                ? Decision.hold(next, Reason.Starting, text)
                : bad(next, text + ", not stable after " + minutes(Limits.START));
    }

    private Decision bad(JobRecord next, String text) {
        Situation now = situation.with(next);
        return Rollback.isPossible(now)
                ? Decision.rest(Rollback.refused(now, text), Reason.RollingBack)
                : Decision.hold(next, Reason.StartFailed, text);
    }

    private JobRecord well(Optional<Instant> since) {
        if (phase.wellSince().equals(since) && phase.interval().equals(told())) {
            return record;
        }
        long restarts =
                since.isEmpty() ? 0 : counted(situation.sight().job().flatMap(LiveJob::detail));
        return record.in(new Phase.Verifying(
                phase.id(), phase.from(), since, restarts, told(), begun(since)));
    }

    /**
     * Since when the attempt tries to run. One that ran well for longer than a start may take, and then
     * restarts, may take as long once more: a long soak sees failures that have nothing to do with the
     * new spec. It gets no more time in all than its proof may take.
     */
    private Instant begun(Optional<Instant> wellSince) {
        boolean wasWell = phase.wellSince()
                .filter(since -> !situation.now().isBefore(since.plus(Limits.START)))
                .isPresent();
        Instant end = record.notes()
                .unprovenSince()
                .orElse(phase.since())
                .plus(SoakTime.longest(spec(), told()))
                .plus(Limits.START);
        boolean isSetBack = wellSince.isEmpty() && wasWell && situation.now().isBefore(end);
        return isSetBack ? situation.now() : phase.since();
    }

    /** Flink is asked for it only until a checkpoint has completed, so it is remembered. */
    private Optional<Duration> told() {
        return situation
                .sight()
                .job()
                .flatMap(LiveJob::detail)
                .flatMap(JobDetail::checkpointInterval)
                .or(phase::interval);
    }

    private JobSpec spec() {
        return record.deployed().orElseThrow().spec();
    }

    private static String minutes(Duration duration) {
        return duration.toMinutes() + " minutes";
    }
}
