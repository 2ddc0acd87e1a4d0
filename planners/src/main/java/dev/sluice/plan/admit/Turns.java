// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.admit;

import dev.sluice.plan.Hold;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts the places of each cluster and queue; one round hands them out in order. */
final class Turns {
    private final Round round;
    private final AdmissionPolicy policy;
    private final ClusterFault fault;
    private final Map<String, Integer> taken = new HashMap<>();

    Turns(Round round, AdmissionPolicy policy) {
        this.round = round;
        this.policy = policy;
        this.fault = new ClusterFault(round);
    }

    /** Takes a place in the cluster and in the queue, or says which of them has none. */
    Optional<Hold> take(Applicant applicant, Beginning beginning) {
        Place place = placeOf(beginning);
        String cluster = applicant.cluster();
        int most = isProbe(beginning, cluster) ? 1 : policy.restartsOf(cluster);
        String clusterPlace = place + " of cluster " + cluster;
        int now = taken.computeIfAbsent(clusterPlace, name -> underWay(cluster, place));
        if (now >= most) {
            return Optional.of(full("cluster " + cluster, now, most));
        }
        Optional<String> queue = applicant.queue().filter(policy.perQueue()::containsKey);
        if (place == Place.STOPS && queue.isPresent()) {
            int inQueue = taken.computeIfAbsent("queue " + queue.get(), this::underWayInQueue);
            int mostInQueue = policy.perQueue().get(queue.get());
            if (inQueue >= mostInQueue) {
                return Optional.of(full("queue " + queue.get(), inQueue, mostInQueue));
            }
            taken.merge("queue " + queue.get(), 1, Integer::sum);
        }
        taken.merge(clusterPlace, 1, Integer::sum);
        return Optional.empty();
    }

    /** What a place is for; each kind has its own, so that recoveries never wait for upgrades. */
    private enum Place {
        RECOVERIES,
        STARTS,
        STOPS
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

    private int underWay(String cluster, Place place) {
        return (int) round.ofCluster(cluster).stream()
                .filter(job -> isUnderWay(job, place))
                .count();
    }

    private static boolean isUnderWay(Applicant job, Place place) {
        return switch (place) {
            case STARTS -> job.isInFlight();
            case STOPS -> job.isInFlight() || job.isSoaking();
            // A job that waits to be recovered is in flight itself and must not wait for itself.
            case RECOVERIES ->
                job.hasFailedLately()
                        && (job.phase() instanceof Phase.Starting
                                || job.phase() instanceof Phase.Verifying);
        };
    }

    private int underWayInQueue(String place) {
        return round.count(job -> (job.isInFlight() || job.isSoaking())
                && job.queue().filter(name -> place.equals("queue " + name)).isPresent());
    }

    private static Hold full(String where, int now, int most) {
        return new Hold(
                Reason.WaitingForTurn,
                where + " has " + now + " jobs on their way, " + most + " may be");
    }
}
