// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.observed.Headroom;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import java.util.List;
import java.util.Optional;

/**
 * Whether the next attempt finds what it needs once the running one has given back what it holds. A
 * job needs as many slots as its widest vertex is wide: more, where its program shares none between
 * operators, so what is found missing here is missing for sure.
 */
final class Room {
    /** Where a job is while Flink tells why its wait for slots has ended. */
    private static final List<JobStatus> GIVEN_UP =
            List.of(JobStatus.RESTARTING, JobStatus.FAILING, JobStatus.FAILED);

    private final Situation situation;

    Room(Situation situation) {
        this.situation = situation;
    }

    /**
     * Why the running attempt must not be stopped for the target: for that there is no room. An adaptive
     * scheduler is content with fewer slots, and the way back waits for nothing.
     */
    Optional<Hold> lacking(EffectiveJob target) {
        boolean isContent = Slots.mayBeFewer(target.spec());
        boolean isWayBack = situation.refusal().isPresent();
        if (isContent
                || isWayBack
                || !(situation.around().headroom() instanceof Headroom.Slots slots)) {
            return Optional.empty();
        }
        int more = more(target);
        return more <= slots.free()
                ? Optional.empty()
                : Optional.of(new Hold(
                        Reason.NoRoom,
                        "needs " + more + (isSamePlace(target) ? " more slots" : " slots")
                                + " on cluster "
                                + target.spec().flink().cluster() + ", where " + slots.free()
                                + (slots.free() == 1 ? " is" : " are")
                                + " free; it is not stopped before there is room"));
    }

    /** What a plan takes for given, because nobody can tell it; empty where nothing more is needed. */
    static Optional<String> assumed(EffectiveJob old, EffectiveJob target, Headroom headroom) {
        return asksForMore(old.spec(), target.spec())
                        && headroom instanceof Headroom.Unknown unknown
                ? Optional.of("there is room for what it asks for: not known, " + unknown.why())
                : Optional.empty();
    }

    /**
     * The attempt of the bad spec got no further than to wait for slots, and the good one needs less or
     * ran elsewhere. Flink itself gives up the wait after {@code slot.request.timeout}; unless it may
     * restart, the job has failed then. An attempt that was once seen to run had its room: what it
     * lacks now was taken from it, and the good spec may lack it as well.
     */
    static boolean isWanting(Situation situation, EffectiveJob good, EffectiveJob bad) {
        JobRecord record = situation.record();
        boolean hadRoom =
                record.notes().checkpointed() || record.lastSeenRunning().isPresent();
        return !hadRoom
                && asksForMore(good.spec(), bad.spec())
                && situation.sight().job().filter(Room::isWithout).isPresent();
    }

    private static boolean isWithout(LiveJob job) {
        boolean isGivenUp = GIVEN_UP.contains(job.status())
                && job.detail()
                        .flatMap(JobDetail::rootCause)
                        .filter(cause -> cause.contains("NoResourceAvailableException"))
                        .isPresent();
        return isGivenUp || Slots.areMissing(job);
    }

    /** Of a cluster of its own also other processes count: how large Flink makes them is not known. */
    private static boolean asksForMore(JobSpec old, JobSpec next) {
        boolean isOther = JobShape.hasOwnCluster(next)
                && (!next.resources().taskManager().equals(old.resources().taskManager())
                        || !next.resources().jobManager().equals(old.resources().jobManager())
                        || !next.resources().slots().equals(old.resources().slots()));
        return isOther
                || !next.flink().equals(old.flink())
                || next.resources().parallelism() > old.resources().parallelism();
    }

    /** What the target needs besides what the running attempt gives back to the same cluster. */
    private int more(EffectiveJob target) {
        int wanted = target.spec().resources().parallelism();
        return isSamePlace(target)
                ? wanted - Slots.held(situation.record(), situation.observed())
                : wanted;
    }

    private boolean isSamePlace(EffectiveJob target) {
        return situation
                .record()
                .deployed()
                .filter(old -> old.spec().flink().equals(target.spec().flink()))
                .isPresent();
    }
}
