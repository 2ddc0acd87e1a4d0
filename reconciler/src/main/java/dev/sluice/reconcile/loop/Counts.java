// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.plan.Step;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.web.view.MetricsSnapshot;
import dev.sluice.web.view.MetricsSnapshot.StepOutcome;
import dev.sluice.web.view.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the loop has done since it started, in numbers. */
final class Counts {
    private final SortedMap<String, Long> decisions = new TreeMap<>();
    private final SortedMap<String, Long> fetches = new TreeMap<>();
    private final SortedMap<StepOutcome, Long> steps = new TreeMap<>();
    private Timing decisionTimes = Timing.NONE;
    private Timing fetchTimes = Timing.NONE;
    private Timing savepointTimes = Timing.NONE;
    private Optional<Instant> lastSuccess = Optional.empty();

    synchronized void decided(String result, Duration took, Instant now) {
        decisions.merge(result, 1L, Long::sum);
        decisionTimes = decisionTimes.with(took);
        lastSuccess = Optional.of(now);
    }

    synchronized void fetched(String result, Duration took) {
        fetches.merge(result, 1L, Long::sum);
        fetchTimes = fetchTimes.with(took);
    }

    /** A step came back; "wait" is not an end. */
    synchronized void ended(Step step, Outcome outcome, Duration sinceBegun) {
        if (outcome instanceof Outcome.Waiting) {
            return;
        }
        String result = outcome.getClass().getSimpleName();
        steps.merge(new StepOutcome(step.getClass().getSimpleName(), result), 1L, Long::sum);
        if (step instanceof Step.StopWithSavepoint && outcome instanceof Outcome.Done) {
            savepointTimes = savepointTimes.with(sinceBegun);
        }
    }

    synchronized MetricsSnapshot snapshot() {
        return new MetricsSnapshot(
                decisions,
                decisionTimes,
                lastSuccess,
                fetches,
                fetchTimes,
                steps,
                savepointTimes,
                0,
                0);
    }
}
