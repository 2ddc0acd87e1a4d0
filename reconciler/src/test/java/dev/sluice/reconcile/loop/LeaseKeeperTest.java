// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.reconcile.journal.FencingToken;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.journal.Leadership;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseKeeperTest {
    private static final Duration LIFETIME = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private final Clock clock = new HandClock();
    private Journal journal;
    private LeaseKeeper keeper;

    private final class HandClock extends Clock {
        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    @BeforeEach
    void open() {
        journal = Journal.open(folder);
        keeper = new LeaseKeeper(journal, "one", LIFETIME, clock);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void theLeaseIsRenewedWhenAThirdOfItsLifeIsOverAndNotBefore() {
        FencingToken token = keeper.token().orElseThrow();
        Instant first = until();

        pass(4);
        assertEquals(Optional.of(token), keeper.token());
        assertEquals(first, until());

        pass(1);
        assertEquals(Optional.of(token), keeper.token());
        assertEquals(first.plusSeconds(5), until());
    }

    @Test
    void aLeaseThatEndedUnrenewedIsHeldNoMore() {
        FencingToken token = keeper.token().orElseThrow();

        pass(15);

        assertFalse(keeper.holds(token));
    }

    @Test
    void aProcessThatWasPausedPastItsLeaseComesBackWithANewToken() {
        FencingToken token = keeper.token().orElseThrow();

        pass(60);

        assertNotEquals(token, keeper.token().orElseThrow());
        assertFalse(keeper.holds(token));
    }

    @Test
    void aLeaseThatASuccessorWithAFasterClockHasTakenIsHeldNoMore() {
        FencingToken token = keeper.token().orElseThrow();
        pass(1);

        try (Journal ofSuccessor = Journal.open(folder)) {
            ofSuccessor.acquire("two", LIFETIME, now.get().plus(LIFETIME));
        }

        assertFalse(keeper.holds(token));
    }

    @Test
    void aLeaseThatCannotBeReadIsNotHeld() {
        FencingToken token = keeper.token().orElseThrow();
        assertTrue(keeper.holds(token));

        journal.close();

        assertFalse(keeper.holds(token));
    }

    @Test
    void aReleasedLeaseIsHeldNoMore() {
        FencingToken token = keeper.token().orElseThrow();
        assertTrue(keeper.holds(token));

        keeper.release();

        assertFalse(keeper.holds(token));
        assertEquals(Optional.empty(), keeper.latest());
    }

    @Test
    void aReleaseThatCannotBeWrittenStopsNobodyFromClosing() {
        FencingToken token = keeper.token().orElseThrow();
        journal.close();

        keeper.release();

        assertFalse(keeper.holds(token));
    }

    @Test
    void whileAnotherLeadsThereIsNoToken() {
        keeper.token();
        try (Journal second = Journal.open(folder)) {
            LeaseKeeper other = new LeaseKeeper(second, "two", LIFETIME, clock);

            assertEquals(Optional.empty(), other.token());
            assertInstanceOf(Leadership.Standby.class, other.latest().orElseThrow());

            keeper.release();
            assertTrue(other.token().isPresent());
        }
    }

    private Instant until() {
        return keeper.latest().orElseThrow().until();
    }

    private void pass(int seconds) {
        now.set(now.get().plusSeconds(seconds));
    }
}
