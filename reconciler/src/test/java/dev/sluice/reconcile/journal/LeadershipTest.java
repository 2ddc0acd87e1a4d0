// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static dev.sluice.reconcile.journal.Samples.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.Place;
import dev.sluice.reconcile.journal.Leadership.Leading;
import dev.sluice.reconcile.journal.Leadership.Standby;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeadershipTest {
    private static final Duration LIFETIME = Duration.ofSeconds(15);

    @TempDir
    private Path directory;

    private Journal first;
    private Journal second;

    @BeforeEach
    void open() {
        first = Journal.open(directory);
        second = Journal.open(directory);
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @Test
    void theSecondControllerStandsByAndKnowsForWhom() {
        first.acquire("one", LIFETIME, NOW);

        Leadership answer = second.acquire("two", LIFETIME, NOW.plusSeconds(14));

        assertEquals(new Standby("one", NOW.plusSeconds(15)), answer);
    }

    @Test
    void anExpiredLeaseIsTakenOverWithALargerToken() {
        FencingToken old = leading(first.acquire("one", LIFETIME, NOW));

        FencingToken newer = leading(second.acquire("two", LIFETIME, NOW.plusSeconds(15)));

        assertTrue(newer.number() > old.number());
        assertFalse(first.isLeading(old, NOW));
        assertTrue(second.isLeading(newer, NOW.plusSeconds(16)));
    }

    @Test
    void aLeaseRenewedInTimeIsKept() {
        FencingToken token = leading(first.acquire("one", LIFETIME, NOW));

        Leadership renewed = first.renew(token, LIFETIME, NOW.plusSeconds(10));

        assertEquals(new Leading(token, NOW.plusSeconds(25)), renewed);
        assertEquals(
                new Standby("one", NOW.plusSeconds(25)),
                second.acquire("two", LIFETIME, NOW.plusSeconds(20)));
    }

    @Test
    void aProcessPausedPastItsLeaseMayNotActAndLearnsWhoDoes() {
        FencingToken paused = leading(first.acquire("one", LIFETIME, NOW));
        second.acquire("two", LIFETIME, NOW.plusSeconds(60));

        assertFalse(first.isLeading(paused, NOW.plusSeconds(61)));
        assertEquals(
                new Standby("two", NOW.plusSeconds(75)),
                first.renew(paused, LIFETIME, NOW.plusSeconds(61)));
    }

    @Test
    void anExpiredLeaseThatNobodyTookMayNotActUntilItIsRenewed() {
        FencingToken token = leading(first.acquire("one", LIFETIME, NOW));

        assertFalse(first.isLeading(token, NOW.plusSeconds(15)));

        first.renew(token, LIFETIME, NOW.plusSeconds(20));
        assertTrue(first.isLeading(token, NOW.plusSeconds(21)));
    }

    @Test
    void aReleasedLeaseIsFreeAtOnceAndItsTokenIsUsedUp() {
        FencingToken released = leading(first.acquire("one", LIFETIME, NOW));
        first.release(released, NOW.plusSeconds(1));

        FencingToken next = leading(second.acquire("two", LIFETIME, NOW.plusSeconds(1)));

        assertTrue(next.number() > released.number());
        assertFalse(first.isLeading(released, NOW.plusSeconds(1)));
    }

    @Test
    void theLockOfAnotherHostProvesNothing() {
        Place other = new Place("other-host", "m", "boot", "pid:[1]");
        first.acquire("one", other, LIFETIME, NOW);
        first.close();

        Leadership answer = second.acquire("two", LIFETIME, NOW.plusSeconds(1));

        assertEquals(new Standby("one", NOW.plusSeconds(15)), answer);
    }

    @Test
    void aJournalThatAnotherHostHasOpenIsRefused() {
        Place other = new Place("other-host", "m", "boot", "pid:[1]");
        first.acquire("one", other, LIFETIME, NOW);

        JournalException refused = assertThrows(
                JournalException.class,
                () -> second.requireHere(Place.here(), NOW.plusSeconds(14)));

        assertTrue(refused.getMessage().contains("one on host other-host"), refused::getMessage);
        second.requireHere(Place.here(), NOW.plusSeconds(15));
        second.requireHere(other, NOW);
    }

    @Test
    void aDeadLeadersLeaseNeedNotBeWaitedFor() {
        FencingToken dead = leading(first.acquire("one", LIFETIME, NOW));
        first.close();

        FencingToken next = leading(second.acquire("two", LIFETIME, NOW));

        assertTrue(next.number() > dead.number());
    }

    @Test
    void aPausedLeaderDoesNotTakeBackWhatAnotherTookOver() {
        first.acquire("one", LIFETIME, NOW);
        second.acquire("two", LIFETIME, NOW.plusSeconds(60));

        Leadership answer = first.acquire("one", LIFETIME, NOW.plusSeconds(61));

        assertEquals(new Standby("two", NOW.plusSeconds(75)), answer);
    }

    @Test
    void aThirdControllerDoesNotMistakeALiveLeaderForTheDeadOne() {
        first.acquire("one", LIFETIME, NOW);
        second.acquire("two", LIFETIME, NOW.plusSeconds(60));
        first.close();

        try (Journal third = Journal.open(directory)) {
            assertEquals(
                    new Standby("two", NOW.plusSeconds(75)),
                    third.acquire("three", LIFETIME, NOW.plusSeconds(61)));
        }
    }

    private static FencingToken leading(Leadership answer) {
        return ((Leading) answer).token();
    }
}
