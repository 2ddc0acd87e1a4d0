// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait until the repository is asked again: a period, a little more or less so that many
 * controllers do not ask at once, and twice as long after each failure, up to twenty periods.
 */
final class PollTimes {
    private static final int MOST_PERIODS = 20;
    private static final double SPREAD = 0.1;

    private final Duration period;
    private final RandomGenerator random;
    private int failures;

    PollTimes(Duration period, RandomGenerator random) {
        this.period = requireNonNull(period, "period is null");
        this.random = requireNonNull(random, "random is null");
    }

    void answered() {
        failures = 0;
    }

    void failed() {
        failures++;
    }

    /** From the last question to the next one. */
    Duration pause() {
        long periods = failures >= Integer.SIZE - 1
                ? MOST_PERIODS
                : Math.min(MOST_PERIODS, 1L << failures);
        double spread = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
        return Duration.ofNanos((long) (period.toNanos() * periods * spread));
    }
}
