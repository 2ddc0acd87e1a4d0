// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.admit;

import dev.sluice.plan.Hold;
import dev.sluice.plan.Reason;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Headroom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Slots that a cluster calls free but that other jobs need: those that are down and come back, those
 * whose attempt was not seen to run yet, and those that this round let begin. A job that needs more
 * than what is left runs on as it is. Whether there is enough for the job alone, the planner has said.
 *
 * <p>The look at the cluster may be older than what a job has done since, so a job on its way counts
 * whole until it is seen to run: others may wait for one look more, but never count on its slots. For one that is stuck nobody waits.
 */
final class Rooms {
    private final Map<FlinkTarget, SortedMap<JobKey, Integer>> claims = new HashMap<>();

    Rooms(Round round) {
        round.jobs().stream()
                .filter(job -> !job.isStuck())
                .forEach(job -> new SlotNeed(job).claim().ifPresent(claim -> put(job, claim)));
    }

    /** Why a running job must not be stopped: others need the slots that its successor would take. */
    Optional<Hold> lacking(Applicant job) {
        SlotNeed need = new SlotNeed(job);
        if (!job.isStopped()
                || need.isContent()
                || !(job.headroom() instanceof Headroom.Slots slots)) {
            return Optional.empty();
        }
        return need.more().flatMap(more -> lacking(job, more, slots.free()));
    }

    private Optional<Hold> lacking(Applicant job, SlotNeed.Claim more, int free) {
        SortedMap<JobKey, Integer> others =
                new TreeMap<>(claims.getOrDefault(more.at(), new TreeMap<>()));
        others.remove(job.key());
        int claimed = others.values().stream().mapToInt(Integer::intValue).sum();
        boolean isEnough = more.slots() <= 0 || more.slots() <= free - claimed;
        return others.isEmpty() || isEnough
                ? Optional.empty()
                : Optional.of(new Hold(
                        Reason.NoRoom,
                        "needs " + more.slots() + " more slots on cluster "
                                + more.at().cluster() + ", where " + free
                                + (free == 1 ? " is" : " are") + " free, but " + claimed
                                + " are for " + Round.names(List.copyOf(others.keySet()))
                                + "; it is not stopped before there is room"));
    }

    /** The job begins: others do not count on what it takes. */
    void take(Applicant job) {
        SlotNeed need = new SlotNeed(job);
        need.claim()
                .or(() -> job.isStopped() ? need.more() : need.whole())
                .ifPresent(claim -> put(job, claim));
    }

    private void put(Applicant job, SlotNeed.Claim claim) {
        if (claim.slots() > 0) {
            claims.computeIfAbsent(claim.at(), fresh -> new TreeMap<>())
                    .put(job.key(), claim.slots());
        }
    }
}
