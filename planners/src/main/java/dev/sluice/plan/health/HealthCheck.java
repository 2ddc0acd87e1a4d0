// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.health;

import dev.sluice.spec.HealthRules;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a job's health rules with its vitals. {@code backpressure} is not evaluated: it would cost
 * requests for every vertex of every job.
 */
public final class HealthCheck {
    private HealthCheck() {}

    /** A sentence for each rule that is broken, in the order of the rules; as of the newest look. */
    public static List<String> complaints(HealthRules rules, Vitals vitals) {
        List<String> complaints = new ArrayList<>();
        Duration age = Duration.between(vitals.freshAt(), vitals.lookedAt());
        rules.checkpointAge()
                .filter(most -> age.compareTo(most) > 0)
                .ifPresent(most -> complaints.add("no checkpoint was completed since "
                        + vitals.freshAt().truncatedTo(ChronoUnit.SECONDS)
                        + "; health.checkpointAge allows " + words(most)));
        rules.failedCheckpoints()
                .filter(most -> vitals.failedInARow() >= most)
                .ifPresent(most -> complaints.add("at least " + vitals.failedInARow()
                        + " checkpoints failed in a row; health.failedCheckpoints is " + most));
        rules.restarts()
                .filter(rate -> vitals.restartsWithin(rate.window()) > rate.amount())
                .ifPresent(rate -> complaints.add(vitals.restartsWithin(rate.window())
                        + " restarts within " + words(rate.window())
                        + "; health.restarts allows " + (long) rate.amount()));
        return List.copyOf(complaints);
    }

    /** As in a spec: {@code 10m}, {@code 90s}. */
    private static String words(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
