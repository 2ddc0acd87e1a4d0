// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.spec.HealthRules;
import dev.sluice.spec.HealthRules.Rate;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.StatePointer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A job is looked at every half minute; its times are in minutes after the start. */
class HealthCheckTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final JobKey KEY = new JobKey("shop", "test", "payments", "orders");
    private static final JobId ID = JobId.of(KEY, 1);
    private static final HealthRules RULES = new HealthRules(
            Optional.of(Duration.ofMinutes(10)),
            Optional.of(3),
            Optional.of(new Rate(5, Duration.ofMinutes(10))),
            Optional.of(new Rate(0.8, Duration.ofMinutes(5))));

    @Test
    void aCheckpointOfExactlyTheAgeIsYoungEnough() {
        Vitals vitals = first(10, Optional.of(0), 1, 0, 0);

        assertEquals(List.of(), HealthCheck.complaints(RULES, vitals));
    }

    @Test
    void anOlderCheckpointIsACause() {
        Vitals vitals = first(11, Optional.of(0), 1, 0, 0);

        assertEquals(
                List.of("no checkpoint was completed since 2026-03-01T10:00:00Z;"
                        + " health.checkpointAge allows 10m"),
                HealthCheck.complaints(RULES, vitals));
    }

    @Test
    void aJobThatNeverCompletedACheckpointIsAsOldAsItsStart() {
        assertEquals(1, count(first(11, Optional.empty(), 0, 0, 0)));
        assertEquals(0, count(first(10, Optional.empty(), 0, 0, 0)));
    }

    @Test
    void failedCheckpointsCountInARowOnly() {
        Vitals vitals = first(1, Optional.of(1), 1, 7, 0);
        assertEquals(0, count(vitals));

        Vitals two = then(vitals, 2, Optional.of(1), 1, 9, 0);
        Vitals three = then(two, 3, Optional.of(1), 1, 10, 0);
        Vitals completed = then(three, 4, Optional.of(4), 2, 10, 0);

        assertEquals(0, count(two));
        assertEquals(
                List.of("at least 3 checkpoints failed in a row; health.failedCheckpoints is 3"),
                HealthCheck.complaints(RULES, three));
        assertEquals(0, count(completed));
    }

    @Test
    void restartsCountWithinTheWindowOnly() {
        Vitals vitals = first(1, Optional.of(1), 1, 0, 40);
        for (int restart = 1; restart <= 5; restart++) {
            vitals = then(vitals, 1 + restart, Optional.of(1 + restart), 1, 0, 40 + restart);
        }
        assertEquals(0, count(vitals));

        Vitals six = then(vitals, 7, Optional.of(7), 1, 0, 46);
        assertEquals(
                List.of("6 restarts within 10m; health.restarts allows 5"),
                HealthCheck.complaints(RULES, six));

        assertEquals(0, count(then(six, 13, Optional.of(13), 1, 0, 46)));
    }

    @Test
    void countersThatFallBeginAnew() {
        Vitals vitals = first(1, Optional.of(1), 5, 0, 0);
        Vitals bad = then(vitals, 2, Optional.of(1), 5, 9, 9);
        assertEquals(2, count(bad));

        assertEquals(0, count(then(bad, 3, Optional.of(3), 1, 2, 2)));
        LiveJob other = job(JobId.of(KEY, 2));
        assertEquals(0, count(bad.then(other, detail(Optional.of(3), 6, 9, 9), at(3))));
    }

    @Test
    void theSameLookAgainAndAnOlderOneChangeNothing() {
        Vitals vitals = first(5, Optional.of(5), 5, 0, 0);

        assertEquals(vitals, then(vitals, 5, Optional.of(1), 9, 9, 9));
        assertEquals(vitals, then(vitals, 4, Optional.of(1), 9, 9, 9));
    }

    @Test
    void aJobWithoutRulesIsNeverUnhealthy() {
        Vitals vitals = then(first(1, Optional.of(1), 1, 0, 0), 99, Optional.of(1), 1, 99, 99);

        assertEquals(3, count(vitals));
        assertEquals(List.of(), HealthCheck.complaints(HealthRules.NONE, vitals));
    }

    private static int count(Vitals vitals) {
        return HealthCheck.complaints(RULES, vitals).size();
    }

    private static Vitals first(
            int minute, Optional<Integer> checkpoint, long completed, long failed, long restarts) {
        return Vitals.first(job(ID), detail(checkpoint, completed, failed, restarts), at(minute));
    }

    private static Vitals then(
            Vitals before,
            int minute,
            Optional<Integer> checkpoint,
            long completed,
            long failed,
            long restarts) {
        JobDetail detail = detail(checkpoint, completed, failed, restarts);
        return before.then(job(ID), detail, at(minute));
    }

    private static Instant at(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }

    private static JobDetail detail(
            Optional<Integer> checkpoint, long completed, long failed, long restarts) {
        return new JobDetail(
                checkpoint.map(minute -> new StatePointer(
                        StatePointer.Kind.CHECKPOINT,
                        "file:/state/chk-1",
                        ID,
                        1,
                        1,
                        at(minute),
                        "1.20")),
                Optional.empty(),
                completed,
                failed,
                restarts,
                true,
                0,
                Optional.empty());
    }

    private static LiveJob job(JobId id) {
        return new LiveJob(
                id,
                "payments/orders",
                JobStatus.RUNNING,
                START,
                4,
                "1.20",
                Optional.empty(),
                Optional.empty());
    }
}
