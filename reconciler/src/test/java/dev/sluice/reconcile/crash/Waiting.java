// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what other processes do. */
final class Waiting {
    private static final Duration STEP = Duration.ofMillis(40);

    private Waiting() {}

    static void until(Duration patience, Callable<Boolean> condition, Supplier<String> claim)
            throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + patience + ": " + claim.get());
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
    }
}
