// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.schedule;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.Schedule;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * The instants of one schedule.
 *
 * <p>On the day on which clocks are put forward, an instant in the hour that does not exist is passed
 * over; when they are put back, the hour that comes twice counts once, for an hourly job too.
 */
public final class CronTimes {
    /** From where a search for the newest instant starts, the nearest first. */
    private static final List<Duration> REACHES = List.of(
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofDays(1),
            Duration.ofDays(32),
            Duration.ofDays(367));

    private final CronExpression expression;

    private CronTimes(CronExpression expression) {
        this.expression = requireNonNull(expression, "expression is null");
    }

    /** The instants; empty when Quartz does not understand the expression. */
    public static Optional<CronTimes> of(Schedule schedule) {
        try {
            CronExpression expression = new CronExpression(schedule.cron());
            expression.setTimeZone(TimeZone.getTimeZone(schedule.timeZone()));
            return Optional.of(new CronTimes(expression));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /** The first instant later than the given one; empty when the expression has no further one. */
    public Optional<Instant> after(Instant instant) {
        return Optional.ofNullable(expression.getNextValidTimeAfter(Date.from(instant)))
                .map(Date::toInstant);
    }

    /** The newest instant later than the first given and not later than the second. */
    public Optional<Instant> newest(Instant after, Instant until) {
        for (Duration reach : REACHES) {
            Instant from = until.minus(reach);
            Optional<Instant> found = last(from.isBefore(after) ? after : from, until);
            if (found.isPresent() || !from.isAfter(after)) {
                return found;
            }
        }
        return last(after, until);
    }

    private Optional<Instant> last(Instant after, Instant until) {
        Optional<Instant> newest = Optional.empty();
        Optional<Instant> next = after(after);
        while (next.isPresent() && !next.get().isAfter(until)) {
            newest = next;
            next = after(next.get());
        }
        return newest;
    }
}
