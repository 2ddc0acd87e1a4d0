// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.text;

import java.time.Duration;
import java.time.Instant;

/** Ages for tables: {@code 40 s}, {@code 12 min}, {@code 3 h}, {@code 5 d}. */
public final class Ages {
    private Ages() {}

    /** The age of a moment; one in the future is 0 s old. */
    public static String of(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        if (age.compareTo(Duration.ofMinutes(2)) < 0) {
            return Math.max(0, age.toSeconds()) + " s";
        }
        if (age.compareTo(Duration.ofHours(2)) < 0) {
            return age.toMinutes() + " min";
        }
        return age.compareTo(Duration.ofDays(2)) < 0 ? age.toHours() + " h" : age.toDays() + " d";
    }
}
