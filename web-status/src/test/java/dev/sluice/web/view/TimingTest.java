// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimingTest {
    @Test
    void aDurationFallsIntoTheFirstBucketThatHoldsIt() {
        Timing timing = Timing.NONE
                .with(Duration.ofMillis(5))
                .with(Duration.ofMillis(6))
                .with(Duration.ofHours(1));

        assertEquals(List.of(1L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L), timing.counts());
        assertEquals(Duration.ofMillis(3_600_011), timing.sum());
    }

    @Test
    void countsThatFitNoBucketAreRefused() {
        List<Long> tooFew = List.of(1L);

        assertThrows(IllegalArgumentException.class, () -> new Timing(tooFew, Duration.ZERO));
    }
}
