// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Flink's configuration writes them (TimeUtils): {@code 50000}, {@code 50 s}, PT50S. */
final class FlinkDuration {
    /** What cannot be read is taken for longer than anybody sets it. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*([a-z]*)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1));

    private FlinkDuration() {}

    /** The duration; a number without unit counts milliseconds. */
    static Duration parse(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        Matcher matcher = FORM.matcher(plain);
        if (!matcher.matches()) {
            return iso(plain);
        }
        Duration unit = UNITS.get(unit(matcher.group(2)));
        return unit == null ? LONGEST : unit.multipliedBy(Long.parseLong(matcher.group(1)));
    }

    private static String unit(String word) {
        return switch (word) {
            case "", "milli", "millis", "millisecond", "milliseconds" -> "ms";
            case "sec", "secs", "second", "seconds" -> "s";
            case "min", "minute", "minutes" -> "m";
            case "hour", "hours" -> "h";
            default -> word;
        };
    }

    private static Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            return LONGEST;
        }
    }
}
