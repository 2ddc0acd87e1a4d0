// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.bind;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a Quartz cron expression may not say though its form is right: numbers outside of their range,
 * two kinds of day at once, a date that no year has. Whatever is not understood here is left to Quartz.
 */
public final class CronRules {
    /** How to write one. */
    public static final String NEXT_STEP =
            "write second, minute, hour, day of month, month and day of"
                    + " week, one of the two days as ?, such as \"0 0 2 * * ?\"";

    private static final List<CronField> FIELDS = List.of(
            new CronField("second", 0, 59, List.of()),
            new CronField("minute", 0, 59, List.of()),
            new CronField("hour", 0, 23, List.of()),
            new CronField("day of month", 1, 31, List.of()),
            new CronField(
                    "month",
                    1,
                    12,
                    List.of(
                            "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT",
                            "NOV", "DEC")),
            new CronField(
                    "day of week", 1, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")),
            new CronField("year", 1970, 2199, List.of()));
    private static final int DAY = 3;
    private static final int MONTH = 4;
    private static final int WEEKDAY = 5;
    private static final int YEAR = 6;
    private static final int LEAP_YEAR = 2024;
    private static final String ANY = "?";

    private CronRules() {}

    /** What is wrong with an expression of six or seven fields, as the end of "expected ...". */
    public static Optional<String> mistake(String cron) {
        String[] parts = cron.strip().split(" +");
        for (int field = 0; field < parts.length; field++) {
            Optional<String> mistake = FIELDS.get(field).mistake(parts[field]);
            if (mistake.isPresent()) {
                return mistake;
            }
        }
        if (parts[DAY].equals(ANY) == parts[WEEKDAY].equals(ANY)) {
            return Optional.of("either the day of month or the day of week as ?");
        }
        return isDateOfSomeYear(parts)
                ? Optional.empty()
                : Optional.of(
                        "a date that exists: no month " + parts[MONTH] + " has day " + parts[DAY]);
    }

    private static boolean isDateOfSomeYear(String[] parts) {
        SortedSet<Integer> years = parts.length > YEAR
                ? FIELDS.get(YEAR).values(parts[YEAR])
                : new TreeSet<>(List.of(LEAP_YEAR));
        SortedSet<Integer> months = FIELDS.get(MONTH).values(parts[MONTH]);
        SortedSet<Integer> days = FIELDS.get(DAY).values(parts[DAY]);
        if (years.isEmpty() || months.isEmpty() || days.isEmpty()) {
            return true; // not plain numbers: the last day, a weekday, any day
        }
        return years.stream()
                .anyMatch(year -> months.stream()
                        .anyMatch(
                                month -> days.stream().anyMatch(day -> exists(year, month, day))));
    }

    private static boolean exists(int year, int month, int day) {
        try {
            return LocalDate.of(year, month, day).getDayOfMonth() == day;
        } catch (DateTimeException none) {
            return false;
        }
    }
}
