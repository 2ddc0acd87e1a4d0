// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a close look told is known until the next one. */
class WidthsTest {
    private static final JobId JOB = new JobId("a".repeat(32));

    private final Widths widths = new Widths();

    @Test
    void aLookFromAfarKeepsTheParallelismOfTheLastCloseOne() {
        assertEquals(0, seen(0));
        assertEquals(3, seen(3));
        assertEquals(3, seen(0));
        assertEquals(4, seen(4));
    }

    @Test
    void aJobThatIsListedAnewBeginsAnew() {
        seen(3);
        widths.learn(observation());

        assertEquals(0, seen(0));
    }

    private int seen(int parallelism) {
        ClusterObservation look = observation(new LiveJob(
                JOB,
                "orders",
                JobStatus.RUNNING,
                Instant.EPOCH,
                parallelism,
                "1.20",
                Optional.empty(),
                Optional.empty()));
        widths.learn(look);
        return widths.in(look).jobs().get(0).parallelism();
    }

    private static ClusterObservation observation(LiveJob... jobs) {
        return new ClusterObservation("main", Instant.EPOCH, List.of(jobs), Optional.empty());
    }
}
