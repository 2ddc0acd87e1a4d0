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
                return failed("the job is gone and left " + found.size() + " savepoints in "
                        + storage.target(request.directory()));
            }
            Found savepoint = found.get(0);
            boolean isOutrun = storage.checkpoints(request.job()).stream()
                    .anyMatch(left -> left.checkpointId() > savepoint.checkpointId());
            return isOutrun
                    ? failed("the job ran on after the savepoint " + savepoint.path()
                            + " and left a newer checkpoint; it is gone")
                    : new Outcome.Done(Evidence.of(savepoint.pointer(
                                    request.job(), request.attempt(), request.flinkVersion()))
                            .with(STATE, GONE));
        } catch (IOException e) {
            return new Outcome.Unknown("cannot list savepoints: " + e);
        }
    }

    private static Outcome failed(String cause) {
        return new Outcome.Failed(false, cause, Evidence.of(STATE, GONE));
    }
}
