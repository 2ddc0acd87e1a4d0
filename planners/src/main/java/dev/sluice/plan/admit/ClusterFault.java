// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.admit;

import dev.sluice.plan.Hold;
import dev.sluice.plan.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When many jobs of one cluster fail within minutes, the cluster is ill, not the jobs: nothing that
 * runs there is stopped, nothing new is started, and recoveries go one at a time.
 */
final class ClusterFault {
    private static final int FEWEST = 3;

    private final Round round;
    private final Map<String, Boolean> ill = new HashMap<>();

    ClusterFault(Round round) {
        this.round = round;
    }

    Optional<Hold> hold(Applicant applicant, Beginning beginning) {
        boolean isHeld = beginning != Beginning.NOTHING
                && beginning != Beginning.RECOVERY
                && isIll(applicant.cluster());
        return isHeld
                ? Optional.of(new Hold(
                        Reason.ClusterFault,
                        "half of the jobs of cluster " + applicant.cluster()
                                + " failed within minutes; nothing else changes there"))
                : Optional.empty();
    }

    /** At least three jobs, and half of those that should run, failed lately. */
    boolean isIll(String cluster) {
        return ill.computeIfAbsent(cluster, name -> {
            List<Applicant> up =
                    round.ofCluster(name).stream().filter(Applicant::isUp).toList();
            long failed = up.stream().filter(Applicant::hasFailedLately).count();
            return failed >= FEWEST && failed * 2 >= up.size();
        });
    }
}
