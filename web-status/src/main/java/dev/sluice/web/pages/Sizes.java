// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.pages;

import java.util.List;
import java.util.Locale;

/** Sizes of state for people. */
public final class Sizes {
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB");

    private Sizes() {}

    /** Bytes in the largest unit that leaves at least 1, with one digit: {@code 1.4 GiB}. */
    public static String brief(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double amount = bytes;
        int unit = 0;
        while (amount >= 1024 && unit < UNITS.size() - 1) {
            amount /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, UNITS.get(unit));
    }
}
