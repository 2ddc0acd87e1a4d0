// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened in a run, one line each; a silent one costs nothing. */
final class Trace {
    private final boolean isKept;
    private final List<String> lines = new ArrayList<>();

    Trace(boolean isKept) {
        this.isKept = isKept;
    }

    void say(Instant now, Supplier<String> text) {
        if (isKept) {
            lines.add(Duration.between(Simulation.START, now).toSeconds() + " s " + text.get());
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
