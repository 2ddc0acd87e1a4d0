// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Watches a job with eyes of its own: what the runtime says of the job's attempts, and what the job has
 * committed. Two attempts at once, an attempt brought there twice, and a number twice are violations.
 */
final class ElsewhereObserver implements AutoCloseable {
    private static final long PERIOD_MILLIS = 200;

    private final Elsewhere place;
    private final OutputWitness output;
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    ElsewhereObserver(Elsewhere place, OutputWitness output) {
        this.place = requireNonNull(place, "place is null");
        this.output = requireNonNull(output, "output is null");
    }

    void watch() {
        clock.scheduleWithFixedDelay(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            List<String> live = place.attempts();
            if (live.size() > 1) {
                violations.add("two attempts at once: " + live);
            }
            violations.addAll(output.look());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            violations.add("the observer is blind: " + e);
        }
    }

    /** Everything found so far. */
    List<String> violations() throws Exception {
        List<String> found = new ArrayList<>(violations);
        found.addAll(place.repeated());
        return found;
    }

    int rows() {
        return output.rows();
    }

    List<String> gaps() {
        return output.gaps();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
