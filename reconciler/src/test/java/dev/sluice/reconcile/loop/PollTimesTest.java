// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PollTimesTest {
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final PollTimes times = new PollTimes(PERIOD, new Random(7));

    @Test
    void pausesSpreadAroundThePeriodAndNoTwoAreEqual() {
        Set<Duration> seen = new HashSet<>();
        for (int question = 0; question < 100; question++) {
            Duration pause = times.pause();
            assertAround(1, pause);
            seen.add(pause);
        }

        assertEquals(100, seen.size());
    }

    @Test
    void eachFailureDoublesThePauseUpToTwentyPeriods() {
        for (int periods : new int[] {2, 4, 8, 16, 20, 20}) {
            times.failed();
            assertAround(periods, times.pause());
        }
        for (int failure = 0; failure < 100; failure++) {
            times.failed();
        }
        assertAround(20, times.pause());
    }

    @Test
    void anAnswerEndsTheBackOff() {
        times.failed();
        times.failed();

        times.answered();

        assertAround(1, times.pause());
    }

    private static void assertAround(int periods, Duration pause) {
        double share = (double) pause.toNanos() / PERIOD.toNanos() / periods;
        assertTrue(share >= 0.9 && share <= 1.1, pause.toString());
    }
}
