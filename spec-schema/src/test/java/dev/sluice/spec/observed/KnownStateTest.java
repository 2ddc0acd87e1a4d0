// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.observed;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.StatePointer.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownStateTest {
    private static final JobId JOB = new JobId("ab".repeat(16));
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final StatePointer newest = told(50, NOON);
    private final KnownState known =
            KnownState.of(List.of(newest), Optional.empty(), Optional.empty());

    @Test
    void aLaterCheckpointIsNewsEvenWhereItWasCountedAnew() {
        assertTrue(known.isNews(found(51, NOON.plusSeconds(1))));
        assertTrue(known.isNews(found(3, NOON.plus(Duration.ofMinutes(2)))));
        assertFalse(known.isNews(found(49, NOON.minusSeconds(1))));
        assertFalse(known.isNews(found(50, NOON)));
    }

    @Test
    void whatWasToldOnceStaysKnownWhenTheLineageHasForgottenIt() {
        StatePointer news = found(3, NOON.plus(Duration.ofMinutes(5)));
        KnownState answered = KnownState.of(List.of(newest), Optional.of(news), Optional.of(known));

        KnownState next = KnownState.of(List.of(newest), Optional.empty(), Optional.of(answered));

        assertFalse(answered.isNews(news));
        assertFalse(next.isNews(news));
        assertTrue(next.isNews(found(4, news.completedAt().plusSeconds(1))));
    }

    @Test
    void anOlderCheckpointIsNoNewsByAStorageClockThatIsAhead() {
        Duration ahead = Duration.ofMinutes(9);
        KnownState byStorage = known.by(NOON.plus(ahead));

        assertTrue(known.isNews(found(49, NOON.minusSeconds(1).plus(ahead))));
        assertFalse(byStorage.isNews(found(49, NOON.minusSeconds(1).plus(ahead))));
        assertTrue(byStorage.isNews(found(3, NOON.plus(ahead).plusSeconds(61))));
    }

    @Test
    void whatStorageTookDownIsComparedByItsOwnClockHoweverFarBehindThatIs() {
        Duration behind = Duration.ofMinutes(-9);
        StatePointer news = found(3, NOON.plusSeconds(300).plus(behind));

        KnownState answered = KnownState.of(List.of(newest), Optional.of(news), Optional.of(known))
                .by(NOON.plus(behind));

        assertFalse(answered.isNews(news));
        assertTrue(answered.isNews(found(4, news.completedAt().plusSeconds(1))));
    }

    private static StatePointer told(long number, Instant at) {
        return pointer(number, at, "1.20");
    }

    private static StatePointer found(long number, Instant at) {
        return pointer(number, at, StatePointer.UNKNOWN_VERSION);
    }

    private static StatePointer pointer(long number, Instant at, String version) {
        return new StatePointer(
                Kind.CHECKPOINT, "file:/state/chk-" + number, JOB, 1, number, at, version);
    }
}
