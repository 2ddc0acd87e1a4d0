// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.Claim;
import dev.sluice.drive.Driver;
import dev.sluice.drive.OwnerMark;
import dev.sluice.drive.contract.HandClock;
import dev.sluice.drive.testing.InMemoryCluster;
import dev.sluice.drive.testing.InMemoryDriver;
import dev.sluice.reconcile.loop.ForwardingDriver;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A cluster whose driver is being opened is unknown, and nobody waits for it. */
class OpeningDriverTest {
    private static final OwnerMark MARK = new OwnerMark(
            "sample", "test", "journal", "here", Instant.parse("2026-03-01T10:00:00Z"));

    private final AtomicInteger openings = new AtomicInteger();
    private final AtomicInteger closings = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final HandClock clock = new HandClock();

    @Test
    void nobodyWaitsWhileADriverIsBeingOpened() throws Exception {
        try (OpeningDriver driver = driver(this::slow)) {
            assertTrue(unknown(driver).get().contains("being fetched"));
            assertTrue(driver.claim(MARK) instanceof Claim.Unclear, "no claim without a cluster");

            gate.countDown();

            until(() -> unknown(driver).isEmpty());
            assertTrue(driver.claim(MARK) instanceof Claim.Held);
        }
        assertEquals(1, openings.get());
        assertEquals(1, closings.get());
    }

    @Test
    void aDriverThatCannotBeOpenedSaysWhyAndIsTriedAgainLater() throws Exception {
        try (OpeningDriver driver = driver(() -> {
            if (openings.incrementAndGet() == 1) {
                throw new IOException("there is no yarn-site.xml");
            }
            return real();
        })) {
            until(() -> unknown(driver).filter(why -> why.contains("yarn-site")).isPresent());
            unknown(driver);
            assertEquals(1, openings.get());

            clock.pass(Duration.ofMinutes(1));

            until(() -> unknown(driver).isEmpty());
            assertEquals(2, openings.get());
        }
    }

    @Test
    void aDriverThatOpensAfterItWentOutOfForceIsClosed() throws Exception {
        OpeningDriver driver = driver(this::slow);
        unknown(driver);
        until(() -> openings.get() == 1);

        driver.close();
        gate.countDown();

        until(() -> closings.get() == 1);
        assertFalse(unknown(driver).isEmpty());
    }

    private Driver slow() throws IOException {
        openings.incrementAndGet();
        boolean isOpen = false;
        while (!isOpen) {
            try {
                isOpen = gate.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException opensAllTheSame) {
                isOpen = false;
            }
        }
        return real();
    }

    private Driver real() {
        Clock system = Clock.systemUTC();
        return new ForwardingDriver(
                new InMemoryDriver("lake", List.of("1.20"), new InMemoryCluster(system), system)) {
            @Override
            public void close() {
                closings.incrementAndGet();
            }
        };
    }

    private OpeningDriver driver(OpeningDriver.Opening opening) {
        return new OpeningDriver("lake", opening, clock);
    }

    private static Optional<String> unknown(Driver driver) {
        return driver.observe(Map.of()).unreachable();
    }

    private interface Condition {
        boolean holds();
    }

    private static void until(Condition condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < end, "did not come true");
            new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
        }
    }
}
