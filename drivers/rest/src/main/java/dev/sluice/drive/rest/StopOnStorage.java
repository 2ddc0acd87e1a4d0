// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.StopRequest;
import dev.sluice.drive.rest.StateStorage.Found;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import java.io.IOException;
import java.util.List;

/** A stop of a job whose cluster is proven to have ended: only storage tells what came of it. */
public final class StopOnStorage {
    private static final String STATE = "state";
    private static final String GONE = "GONE";

    private final StateStorage storage;

    public StopOnStorage(StateStorage storage) {
        this.storage = requireNonNull(storage, "storage is null");
    }

    /**
     * The savepoint of this very try, unless the job ran on after it and left a newer checkpoint; a
     * failure for good where there is none.
     */
    public Outcome look(StopRequest request) {
        try {
            List<Found> found = storage.savepoints(request.directory());
            if (found.size() != 1) {
                return undecided(request, found, GONE, "its cluster has ended");
            }
            Found savepoint = found.get(0);
            return isOutrun(request, found)
                    ? outrun(savepoint.path(), GONE)
                    : new Outcome.Done(Evidence.of(savepoint.pointer(
                                    request.job(), request.attempt(), request.flinkVersion()))
                            .with(STATE, GONE));
        } catch (IOException e) {
            return new Outcome.Unknown("cannot list savepoints: " + e);
        }
    }

    /**
     * A savepoint can be complete although the stop failed; then the job ran on, and its later
     * checkpoints hold more than the savepoint. Only FINISHED says that nothing came after it.
     */
    boolean isOutrun(StopRequest request, List<Found> savepoints) throws IOException {
        long last = savepoints.stream().mapToLong(Found::checkpointId).max().orElse(-1);
        return storage.checkpoints(request.job()).stream()
                .anyMatch(checkpoint -> checkpoint.checkpointId() > last);
    }

    static Outcome outrun(String savepoint, String state) {
        return failed(
                "the job ran on after the savepoint " + savepoint
                        + " and left a newer checkpoint; it is " + state,
                state);
    }

    /** The job has ended, and no or more than one savepoint could be this try's. */
    Outcome undecided(StopRequest request, List<Found> found, String state, String cause) {
        return failed(
                found.isEmpty()
                        ? "the job is " + state + " and left no savepoint: " + cause
                        : "more than one savepoint in " + storage.target(request.directory()),
                state);
    }

    private static Outcome failed(String cause, String state) {
        return new Outcome.Failed(false, cause, Evidence.of(STATE, state));
    }
}
