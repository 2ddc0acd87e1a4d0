// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.bind;

import dev.sluice.spec.HealthRules;
import java.util.Optional;

/** Reads when a running job counts as degraded. */
final class HealthBinder {
    private static final String RATE = "an amount and a window such as 5/10m";

    private HealthBinder() {}

    static HealthRules health(Fields health) {
        return new HealthRules(
                health.duration("checkpointAge"),
                health.integer("failedCheckpoints", 1),
                health.parsed("restarts", RATE, HealthBinder::rate),
                health.parsed("backpressure", RATE, HealthBinder::rate));
    }

    private static Optional<HealthRules.Rate> rate(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || !text.substring(0, slash).matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            return Optional.empty();
        }
        double amount = Double.parseDouble(text.substring(0, slash));
        return Durations.parse(text.substring(slash + 1))
                .map(window -> new HealthRules.Rate(amount, window));
    }

    /** The text of a rate; {@link #rate} gives the same rate back. */
    static String write(HealthRules.Rate rate) {
        String amount =
                java.math.BigDecimal.valueOf(rate.amount()).stripTrailingZeros().toPlainString();
        return amount + "/" + Durations.write(rate.window());
    }
}
