// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that a test sets, forwards and backwards. */
final class WallClock extends Clock {
    private final AtomicReference<Instant> shown =
            new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));

    void set(String instant) {
        shown.set(Instant.parse(instant));
    }

    @Override
    public Instant instant() {
        return shown.get();
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
