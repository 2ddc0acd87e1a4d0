// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Instants of cron expressions, over the days on which clocks are put forward and back. */
class CronTimesTest {
    private static final String NIGHTLY = "0 30 2 * * ?";

    @Test
    void aNightlyJobRunsAtTheSameHourOfItsZone() {
        assertEquals(
                List.of("2026-02-28T18:30:00Z", "2026-03-01T18:30:00Z"),
                between(NIGHTLY, "Asia/Shanghai", "2026-02-28T12:00:00Z", "2026-03-02T12:00:00Z"));
    }

    @Test
    void onTheDayOfAnHourThatComesTwiceANightlyJobRunsOnce() {
        // In Berlin it is 02:30 twice on 25 October 2026, at 00:30 and 01:30 UTC.
        assertEquals(
                1,
                between(NIGHTLY, "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z")
                        .size());
    }

    @Test
    void anHourThatDoesNotExistIsPassedOverAndTheNextNightIsNot() {
        // In Berlin 02:30 does not exist on 29 March 2026.
        List<String> times =
                between(NIGHTLY, "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z");

        assertTrue(times.size() <= 2, times::toString);
        assertEquals("2026-03-30T00:30:00Z", times.get(times.size() - 1));
    }

    @Test
    void anHourThatComesTwiceCountsOnceForAnHourlyJobToo() {
        assertEquals(
                5,
                between(
                                "0 0 * * * ?",
                                "Europe/Berlin",
                                "2026-10-24T22:30:00Z",
                                "2026-10-25T04:30:00Z")
                        .size());
    }

    @Test
    void ofManyMissedInstantsTheNewestIsFoundAtOnceEvenAfterYears() {
        CronTimes times = times("* * * * * ?", "UTC");

        assertEquals(
                Optional.of(Instant.parse("2026-03-01T10:00:00Z")),
                times.newest(
                        Instant.parse("2016-01-01T00:00:00Z"),
                        Instant.parse("2026-03-01T10:00:00.5Z")));
    }

    @Test
    void anInstantIsNotLaterThanItself() {
        CronTimes times = times(NIGHTLY, "UTC");
        Instant instant = Instant.parse("2026-03-01T02:30:00Z");

        assertEquals(Optional.empty(), times.newest(instant, instant.plusSeconds(60)));
        assertEquals(Optional.of(instant), times.newest(instant.minusMillis(1), instant));
    }

    @Test
    void anExpressionThatIsOverHasNoInstantLeft() {
        assertEquals(
                Optional.empty(),
                times("0 0 2 1 1 ? 2020", "UTC").after(Instant.parse("2026-03-01T00:00:00Z")));
    }

    @Test
    void nonsenseHasNoTimes() {
        assertEquals(Optional.empty(), CronTimes.of(new Schedule("0 0 2 * * *", ZoneId.of("UTC"))));
    }

    private static List<String> between(String cron, String zone, String from, String until) {
        CronTimes times = times(cron, zone);
        List<String> found = new ArrayList<>();
        Optional<Instant> next = times.after(Instant.parse(from));
        while (next.isPresent() && next.get().isBefore(Instant.parse(until))) {
            found.add(next.get().toString());
            next = times.after(next.get());
        }
        return found;
    }

    private static CronTimes times(String cron, String zone) {
        return CronTimes.of(new Schedule(cron, ZoneId.of(zone))).orElseThrow();
    }
}
