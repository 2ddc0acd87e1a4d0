// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Times for people: short and relative in the text, absolute and UTC in the title. */
public final class Ages {
    private static final DateTimeFormatter ABSOLUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private Ages() {}

    /** {@code 40 s}, {@code 12 min}, {@code 5 h} or {@code 3 d}; a future instant counts as now. */
    public static String brief(Instant at, Instant now) {
        Duration age = Duration.between(at, now);
        if (age.isNegative()) {
            return "0 s";
        }
        if (age.toSeconds() < 90) {
            return age.toSeconds() + " s";
        }
        if (age.toMinutes() < 90) {
            return age.toMinutes() + " min";
        }
        if (age.toHours() < 48) {
            return age.toHours() + " h";
        }
        return age.toDays() + " d";
    }

    /** {@code 2026-11-21 04:11:45 UTC}. */
    public static String absolute(Instant at) {
        return ABSOLUTE.format(at);
    }

    /** RFC 3339 in UTC, to the second. */
    public static String machine(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
