// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.drive.DiscoverRequest;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.StatePointer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Savepoints and retained checkpoints, in the order in which they were completed. */
final class Disk {
    /**
     * Complete state.
     *
     * @param directory target directory of the stop; empty for a checkpoint
     * @param count how far the job had counted
     * @param number grows with every completion
     * @param life grows with every empty start that a commit asked for
     */
    record Entry(
            JobKey key, StatePointer pointer, String directory, long count, int number, int life) {}

    private static final Comparator<StatePointer> NEWEST_FIRST = Comparator.comparingInt(
                    StatePointer::attempt)
            .thenComparingLong(StatePointer::checkpointId)
            .thenComparing(StatePointer::completedAt)
            .reversed();

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<JobKey, Integer> lives = new HashMap<>();
    private int written;

    void put(JobKey key, StatePointer pointer, String directory, long count) {
        written++;
        entries.put(pointer.path(), new Entry(key, pointer, directory, count, written, life(key)));
    }

    Optional<Entry> find(String path) {
        return Optional.ofNullable(entries.get(path));
    }

    /** Flink discards a checkpoint when a newer one or the end of the job makes it useless. */
    void discardCheckpoints(JobId job, Optional<StatePointer> but) {
        entries.values()
                .removeIf(entry -> entry.pointer().job().equals(job)
                        && entry.directory().isEmpty()
                        && but.filter(entry.pointer()::equals).isEmpty());
    }

    /** A commit gave up all state before now. */
    void giveUp(JobKey key) {
        lives.put(key, life(key) + 1);
    }

    /** The state that a start must not fall behind. */
    Optional<Entry> newest(JobKey key) {
        return entries.values().stream()
                .filter(entry -> entry.key().equals(key) && entry.life() == life(key))
                .reduce((one, other) -> other);
    }

    List<StatePointer> checkpoints(JobId job) {
        return entries.values().stream()
                .filter(entry -> entry.directory().isEmpty())
                .map(Entry::pointer)
                .filter(pointer -> pointer.job().equals(job))
                .toList();
    }

    List<StatePointer> savepoints(String directory) {
        return entries.values().stream()
                .filter(entry -> entry.directory().equals(directory))
                .map(Entry::pointer)
                .toList();
    }

    List<StatePointer> search(DiscoverRequest request) {
        return entries.values().stream()
                .filter(entry -> entry.key().equals(request.key()))
                .map(Entry::pointer)
                .filter(pointer ->
                        request.isFirst() || pointer.attempt() <= request.newestAttempt())
                .sorted(NEWEST_FIRST)
                .toList();
    }

    private int life(JobKey key) {
        return lives.getOrDefault(key, 0);
    }
}
