// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.contract;

import dev.sluice.spec.observed.Outcome;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Looks again until something is as expected, or fails with what was seen last. */
public final class Settling {
    private static final long POLL_MILLIS = 50;

    private Settling() {}

    /** Repeats a step while it is under way or its result is not known, as a controller does. */
    public static Outcome settle(Supplier<Outcome> step) {
        return until(
                Duration.ofMinutes(5),
                step,
                outcome -> outcome instanceof Outcome.Done || outcome instanceof Outcome.Failed);
    }

    /** Looks until the expected is seen. */
    public static <T> T until(Duration deadline, Supplier<T> look, Predicate<T> expected) {
        long end = System.nanoTime() + deadline.toNanos();
        T seen = look.get();
        while (!expected.test(seen)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + deadline + "; last seen: " + seen);
            }
            pause();
            seen = look.get();
        }
        return seen;
    }

    private static void pause() {
        try {
            new CountDownLatch(1).await(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
