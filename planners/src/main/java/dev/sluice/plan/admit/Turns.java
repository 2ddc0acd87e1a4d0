// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.admit;

import dev.sluice.plan.Hold;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.spec.JobKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the places of each cluster and queue; one round hands them out in order.
 *
 * <p>Each kind of beginning has places of its own, so that a first start never waits for savepoints,
 * and a restart never for first starts. A job keeps its place until its phase is over, and no longer
 * than others have patience with it: one that is stuck delays nobody after that.
 */
final class Turns {
    private static final int NAMED = 3;

    private final Round round;
    private final AdmissionPolicy policy;
    private final ClusterFault fault;
    private final Map<String, Occupied> taken = new HashMap<>();

    Turns(Round round, AdmissionPolicy policy) {
        this.round = round;
        this.policy = policy;
        this.fault = new ClusterFault(round);
    }

    /**
     * Takes a place in the cluster, in both where the job moves, and in the queue, or says which of
     * them has none. A job that has a place, because it is soaking, begins again in that one.
     */
    Optional<Hold> take(Applicant applicant, Beginning beginning) {
        Place place = placeOf(beginning);
        List<Occupied> inClusters = new ArrayList<>();
        for (String cluster : applicant.clusters()) {
            int most = isProbe(beginning, cluster) ? 1 : policy.restartsOf(cluster);
            Occupied inCluster = taken.computeIfAbsent(
                    place + " of cluster " + cluster,
                    name -> occupied(round.ofCluster(cluster), place));
            if (inCluster.isFull(most, applicant)) {
                return Optional.of(inCluster.full("cluster " + cluster, most));
            }
            inClusters.add(inCluster);
        }
        Optional<String> queue = applicant.queue().filter(policy.perQueue()::containsKey);
        if (place == Place.STOPS && queue.isPresent()) {
            Occupied inQueue = taken.computeIfAbsent(
                    "queue " + queue.get(), name -> occupied(round.ofQueue(queue.get()), place));
            int mostInQueue = policy.perQueue().get(queue.get());
            if (inQueue.isFull(mostInQueue, applicant)) {
                return Optional.of(inQueue.full("queue " + queue.get(), mostInQueue));
            }
            inQueue.add(applicant);
        }
        inClusters.forEach(inCluster -> inCluster.add(applicant));
        return Optional.empty();
    }

    /** What a place is for. */
    private enum Place {
        RECOVERIES,
        STARTS,
        STOPS
    }

    /** Who has the places of one kind, and when the first of those who had one before loses it. */
    private record Occupied(List<JobKey> jobs, Optional<Instant> until) {
        /** A job on its way needs room too: recoveries count and are never held, so all may be taken. */
        boolean isFull(int most, Applicant applicant) {
            int others = jobs.size() - (jobs.contains(applicant.key()) ? 1 : 0);
            return others >= most;
        }

        void add(Applicant applicant) {
            if (!jobs.contains(applicant.key())) {
                jobs.add(applicant.key());
            }
        }

        Hold full(String where, int most) {
            int more = jobs.size() - NAMED;
            return new Hold(
                    Reason.WaitingForTurn,
                    where + " has " + jobs.size() + " jobs on their way, " + most + " may be: "
                            + Round.names(jobs.stream().limit(NAMED).toList())
                            + (more > 0 ? " and " + more + " more" : "")
                            + until.map(end -> "; no longer than until " + end).orElse(""));
        }
    }

    private static Place placeOf(Beginning beginning) {
        return switch (beginning) {
            case RECOVERY -> Place.RECOVERIES;
            case START -> Place.STARTS;
            case RESTART, STOP -> Place.STOPS;
            case NOTHING -> throw new IllegalStateException("nothing begins, no place is needed");
        };
    }

    private boolean isProbe(Beginning beginning, String cluster) {
        return beginning == Beginning.RECOVERY && fault.isIll(cluster);
    }

    private static Occupied occupied(Collection<Applicant> jobs, Place place) {
        List<Applicant> underWay =
                jobs.stream().filter(job -> isUnderWay(job, place)).toList();
        return new Occupied(
                new ArrayList<>(underWay.stream().map(Applicant::key).toList()),
                underWay.stream()
                        .map(Applicant::patienceEnd)
                        .flatMap(Optional::stream)
                        .min(Instant::compareTo));
    }

    private static boolean isUnderWay(Applicant job, Place place) {
        if (job.isStuck()) {
            return false;
        }
        return switch (place) {
            case STARTS -> job.isComingUp();
            case STOPS -> job.isRestarting() || job.isSoaking();
            // A job that waits to be recovered is in flight itself and must not wait for itself.
            case RECOVERIES ->
                job.hasFailedLately()
                        && (job.phase() instanceof Phase.Starting
                                || job.phase() instanceof Phase.Verifying);
        };
    }
}
