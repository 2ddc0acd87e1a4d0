// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.schedule;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Where the schedule of one job stands, as the journal keeps it.
 *
 * @param since when this schedule came into force; nothing before it is ever due
 * @param due newest instant that has come
 */
public record Fires(Schedule schedule, Instant since, Optional<Instant> due) {
    public Fires {
        requireNonNull(schedule, "schedule is null");
        requireNonNull(since, "since is null");
        requireNonNull(due, "due is null");
    }

    /** Instants up to this one are over, whether they were honoured or not. */
    public Instant over() {
        return due.filter(since::isBefore).orElse(since);
    }

    /** The same after another instant has come. */
    public Fires come(Instant instant) {
        return new Fires(schedule, since, Optional.of(instant));
    }

    /** One line; {@link #read} gives the same back. */
    public String text() {
        return since + " " + due.map(Instant::toString).orElse("-") + " " + schedule.timeZone()
                + " " + schedule.cron();
    }

    /** Reads what {@link #text} wrote. */
    public static Fires read(String text) {
        String[] parts = text.split(" ", 4);
        Optional<Instant> due =
                parts[1].equals("-") ? Optional.empty() : Optional.of(Instant.parse(parts[1]));
        return new Fires(new Schedule(parts[3], ZoneId.of(parts[2])), Instant.parse(parts[0]), due);
    }
}
