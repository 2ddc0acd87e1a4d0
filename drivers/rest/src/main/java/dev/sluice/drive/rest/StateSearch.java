// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import dev.sluice.drive.DiscoverRequest;
import dev.sluice.drive.rest.StateStorage.Found;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the state of a job on storage without asking any cluster. */
public final class StateSearch {
    /**
     * Attempts before and after the newest one with a directory whose checkpoints are looked for in
     * a first search: where checkpoints lie tells of no number.
     */
    private static final int AROUND = 32;

    /** A directory with a larger number is not of Sluice's making. */
    private static final int LARGEST = 1_000_000;

    private final StateStorage storage;

    public StateSearch(StateStorage storage) {
        this.storage = storage;
    }

    /**
     * State on storage of attempts 1 to the newest, newest first; by which Flink nobody knows. The
     * newest of a first search is told by the directories, however many there were. Of an adopted
     * job what lies where this storage has the state of its own jobs: the rest is not seen.
     */
    public List<StatePointer> find(DiscoverRequest request) throws IOException {
        List<StatePointer> pointers = new ArrayList<>();
        int first = request.adopted().isPresent() ? 0 : 1;
        List<String> directories = storage.directories(request.key());
        int known = request.isFirst() ? newest(directories) : request.newestAttempt();
        int newest = request.isFirst() ? known + AROUND : known;
        int oldest = request.isFirst() ? Math.max(first, known - AROUND) : first;
        for (int attempt = oldest; attempt <= newest; attempt++) {
            JobId job = id(request, attempt);
            for (Found found : storage.checkpoints(job)) {
                pointers.add(found.pointer(job, attempt, StatePointer.UNKNOWN_VERSION));
            }
        }
        for (String directory : directories) {
            Optional<Integer> attempt = attemptOf(directory);
            if (attempt.isPresent() && attempt.get() >= first && attempt.get() <= newest) {
                JobId job = id(request, attempt.get());
                for (Found found : storage.savepoints(directory)) {
                    pointers.add(found.pointer(job, attempt.get(), StatePointer.UNKNOWN_VERSION));
                }
            }
        }
        Comparator<StatePointer> newestFirst = Comparator.comparingInt(StatePointer::attempt)
                .thenComparingLong(StatePointer::checkpointId)
                .thenComparing(StatePointer::completedAt)
                .reversed();
        pointers.sort(newestFirst);
        return pointers;
    }

    private static int newest(List<String> directories) {
        return directories.stream()
                .flatMap(directory -> attemptOf(directory).stream())
                .mapToInt(Integer::intValue)
                .filter(attempt -> attempt <= LARGEST)
                .max()
                .orElse(0);
    }

    private static JobId id(DiscoverRequest request, int attempt) {
        return attempt == 0 ? request.adopted().orElseThrow() : JobId.of(request.key(), attempt);
    }

    private static Optional<Integer> attemptOf(String directory) {
        String name = directory.substring(directory.lastIndexOf('/') + 1);
        try {
            return Optional.of(Integer.parseInt(name.substring(0, Math.max(0, name.indexOf('-')))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
