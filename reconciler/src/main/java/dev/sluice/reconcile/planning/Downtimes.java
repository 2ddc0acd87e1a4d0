// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import dev.sluice.plan.Step;
import dev.sluice.reconcile.journal.HistoryEntry;
import dev.sluice.reconcile.journal.HistoryEntry.Result;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** How long a job was away when it was stopped with a savepoint and started again. */
public final class Downtimes {
    /** So many steps are looked through for earlier restarts. */
    private static final int HISTORY = 200;

    private Downtimes() {}

    /** Those among the newest steps that a journal has of a job, newest first. */
    public static List<Duration> of(Journal journal, JobKey job) {
        return of(journal.history(job, HISTORY));
    }

    /**
     * From the end of each stop to the start that Flink accepted next, newest first. A stop that was
     * followed by another, or by no start, counts for nothing.
     *
     * @param history newest first
     */
    static List<Duration> of(List<HistoryEntry> history) {
        List<HistoryEntry> oldestFirst = new ArrayList<>(history);
        Collections.reverse(oldestFirst);
        List<Duration> downtimes = new ArrayList<>();
        Optional<Instant> stopped = Optional.empty();
        for (HistoryEntry entry : oldestFirst) {
            Optional<Instant> done = done(entry);
            if (entry.step() instanceof Step.StopWithSavepoint) {
                stopped = done;
            } else if (entry.step() instanceof Step.Start && done.isPresent()) {
                stopped.ifPresent(at -> downtimes.add(0, Duration.between(at, done.get())));
                stopped = Optional.empty();
            }
        }
        return List.copyOf(downtimes);
    }

    private static Optional<Instant> done(HistoryEntry entry) {
        return entry.outcomes().stream()
                .filter(result -> result.outcome() instanceof Outcome.Done)
                .map(Result::at)
                .findFirst();
    }
}
