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
    private final StateStorage storage;

    public StateSearch(StateStorage storage) {
        this.storage = storage;
    }

    /**
     * State on storage of attempts 1 to the newest, newest first; by which Flink nobody knows. Of an
     * adopted job what lies where this storage has the state of its own jobs: the rest is not seen.
     */
    public List<StatePointer> find(DiscoverRequest request) throws IOException {
        List<StatePointer> pointers = new ArrayList<>();
        int first = request.adopted().isPresent() ? 0 : 1;
        for (int attempt = first; attempt <= request.newestAttempt(); attempt++) {
            JobId job = id(request, attempt);
            for (Found found : storage.checkpoints(job)) {
                pointers.add(found.pointer(job, attempt, StatePointer.UNKNOWN_VERSION));
            }
        }
        for (String directory : storage.directories(request.key())) {
            Optional<Integer> attempt = attemptOf(directory);
            if (attempt.isPresent()
                    && attempt.get() >= first
                    && attempt.get() <= request.newestAttempt()) {
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
