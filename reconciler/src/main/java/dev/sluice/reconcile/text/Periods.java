// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.text;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Periods as people write them: a number and {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}. */
public final class Periods {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})(ms|s|m|h|d)");

    private Periods() {}

    /** The period, longer than nothing; empty when the text is none. */
    public static Optional<Duration> read(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                });
    }
}
