// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.StartRequest;
import dev.sluice.drive.rest.StateStorage.Found;
import dev.sluice.drive.rest.StateStorage.Presence;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.KnownState;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.util.Comparator;
import java.util.Optional;

/** What storage says against a start. */
public final class StartOnStorage {
    private final StateStorage storage;

    public StartOnStorage(StateStorage storage) {
        this.storage = requireNonNull(storage, "storage is null");
    }

    /**
     * Why the attempt must not be started: its state is not there, or it has run already and left a
     * checkpoint, from which the next attempt goes on.
     */
    public Optional<Outcome> refusal(StartRequest request) throws IOException {
        Optional<StatePointer> pointer = pointer(request.from());
        if (pointer.isPresent() && storage.presence(pointer.get().path()) == Presence.MISSING) {
            String path = pointer.get().path();
            return Optional.of(new Outcome.Failed(
                    false, "the state " + path + " is not there", Evidence.of("missing", path)));
        }
        return ranBefore(request);
    }

    /**
     * The newest checkpoint that this attempt has left, whatever the JobManager remembers of it.
     * Starting it again from the same pointer would lose that progress.
     */
    public Optional<Outcome> ranBefore(StartRequest request) throws IOException {
        return storage.checkpoints(request.id()).stream()
                .max(Comparator.comparingLong(Found::checkpointId))
                .map(left -> ranBefore(request, left));
    }

    /**
     * That one of the attempts before it has completed newer state than was known when the start was
     * decided: it came back to life in between, whether or not anybody saw it run.
     */
    public Optional<Outcome> outrun(StartRequest request) throws IOException {
        Optional<KnownState> known = request.known();
        return known.isPresent() ? outrun(request, byItsClock(known.get())) : Optional.empty();
    }

    /** By the clock that also says when checkpoints were completed. */
    private KnownState byItsClock(KnownState known) throws IOException {
        Optional<StatePointer> newest = known.newest();
        return newest.isPresent()
                ? storage.writtenAt(newest.get().path()).map(known::by).orElse(known)
                : known;
    }

    private Optional<Outcome> outrun(StartRequest request, KnownState known) throws IOException {
        Optional<StatePointer> newest = Optional.empty();
        for (JobId id : request.mayHaveCompleted()) {
            Optional<StatePointer> left = left(request, id, known);
            newest = newest.isPresent() ? newest : left;
        }
        return newest.map(pointer -> new Outcome.Failed(
                true,
                "attempt " + pointer.attempt() + " came back to life and left " + pointer.path(),
                Evidence.of(pointer).with("newer", pointer.path())));
    }

    private Optional<StatePointer> left(StartRequest request, JobId id, KnownState known)
            throws IOException {
        return storage.checkpoints(id).stream()
                .map(found -> found.pointer(id, request.numberOf(id), StatePointer.UNKNOWN_VERSION))
                .filter(known::isNews)
                .max(Comparator.comparing(StatePointer::completedAt));
    }

    /** The state that a start names. */
    public static Optional<StatePointer> pointer(RestoreFrom from) {
        return from instanceof RestoreFrom.State state
                ? Optional.of(state.pointer())
                : Optional.empty();
    }

    private static Outcome ranBefore(StartRequest request, Found left) {
        StatePointer pointer = left.pointer(
                request.id(), request.attempt(), request.job().spec().flink().version());
        return new Outcome.Failed(
                true,
                "this attempt has run already and left " + left.path(),
                Evidence.of(pointer).with("ran", request.id().hex()));
    }
}
