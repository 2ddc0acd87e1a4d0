// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Wall time at the start, monotonic time from then on: a clock that is set while the controller runs
 * neither ends a lease nor a time-out early, nor makes a JobManager old enough to prove anything.
 * Times from clusters are kept as the clusters tell them.
 */
public final class SteadyClock extends Clock {
    private final Instant start;
    private final long origin;

    SteadyClock(Instant start) {
        this.start = start;
        this.origin = System.nanoTime();
    }

    /** One that shows what the system's clock shows now, and follows none of its jumps. */
    public static Clock fromNow() {
        return new SteadyClock(Clock.systemUTC().instant());
    }

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - origin);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("instants only");
    }
}
