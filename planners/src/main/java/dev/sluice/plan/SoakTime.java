// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.JobSpec;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a started attempt has to run well, and how long its first checkpoint is waited for. Both
 * grow with the interval of the checkpoints: by Flink's word, since a program may set its own, else by
 * the configuration of the spec.
 */
final class SoakTime {
    /** Where the spec says nothing, and checkpoints are not farther apart than half of it. */
    static final Duration LEAST = Duration.ofMinutes(3);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}) *([a-z]*)");

    private SoakTime() {}

    /**
     * How long the attempt has to run well.
     *
     * @param told the interval by Flink's word
     */
    static Duration of(JobSpec spec, Optional<Duration> told) {
        return spec.upgrade().soak().orElseGet(() -> {
            Duration two = interval(spec, told).multipliedBy(2);
            return two.compareTo(LEAST) > 0 ? two : LEAST;
        });
    }

    /** The same and one interval more: by then its first checkpoint should have begun. */
    static Duration longest(JobSpec spec, Optional<Duration> told) {
        return of(spec, told).plus(interval(spec, told));
    }

    private static Duration interval(JobSpec spec, Optional<Duration> told) {
        return JobShape.isBatch(spec)
                ? Duration.ZERO
                : told.or(() -> said(spec)).orElse(Duration.ZERO);
    }

    private static Optional<Duration> said(JobSpec spec) {
        Matcher matcher = FORM.matcher(spec.configuration()
                .getOrDefault(JobShape.INTERVAL, "")
                .strip()
                .toLowerCase(Locale.ROOT));
        return matcher.matches()
                ? unit(matcher.group(2))
                        .map(unit -> Duration.of(Long.parseLong(matcher.group(1)), unit))
                : Optional.empty();
    }

    /** The labels of Flink's {@code TimeUtils}; a bare number is milliseconds. */
    private static Optional<ChronoUnit> unit(String label) {
        return switch (label) {
            case "d", "day", "days" -> Optional.of(ChronoUnit.DAYS);
            case "h", "hour", "hours" -> Optional.of(ChronoUnit.HOURS);
            case "m", "min", "minute", "minutes" -> Optional.of(ChronoUnit.MINUTES);
            case "s", "sec", "secs", "second", "seconds" -> Optional.of(ChronoUnit.SECONDS);
            case "", "ms", "milli", "millis", "millisecond", "milliseconds" ->
                Optional.of(ChronoUnit.MILLIS);
            default -> Optional.empty();
        };
    }
}
