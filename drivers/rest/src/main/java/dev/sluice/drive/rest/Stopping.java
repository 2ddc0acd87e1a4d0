// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import dev.sluice.drive.StopRequest;
import dev.sluice.drive.rest.CheckpointStatistics.Snapshot;
import dev.sluice.drive.rest.StateStorage.Found;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stop with savepoint, asked again and again with one trigger id until the result is proven.
 *
 * <table>
 * <caption>What each answer means</caption>
 * <tr><td>trigger in progress</td><td>Waiting</td></tr>
 * <tr><td>trigger has a location</td><td>Done once the job is terminal, until then Waiting</td></tr>
 * <tr><td>trigger failed, job goes on</td><td>Failed, retryable with the next trigger id; a savepoint
 *     that was made before the stop failed is in the evidence</td></tr>
 * <tr><td>trigger not known, job goes on</td><td>the stop is asked for; Waiting</td></tr>
 * <tr><td>job terminal, or gone with proof</td><td>the directory of this try is listed: exactly one
 *     savepoint is Done, none is Failed for good</td></tr>
 * <tr><td>the same, not FINISHED, with a checkpoint newer than the savepoint</td><td>Failed for good:
 *     the newest state must be searched for</td></tr>
 * <tr><td>job gone without proof, no or no readable answer</td><td>Unknown</td></tr>
 * </table>
 */
final class Stopping {
    private static final Duration NEXT_LOOK = Duration.ofMillis(200);

    /** A job ends right after its savepoint is complete, and until it is started again it is down. */
    private static final Duration SOON = Duration.ofMillis(30);

    private final FlinkRest rest;
    private final StateStorage storage;
    private final StopOnStorage onStorage;
    private final ClusterProcesses processes;
    private final Clock clock;

    Stopping(FlinkRest rest, StateStorage storage, ClusterProcesses processes, Clock clock) {
        this.rest = rest;
        this.storage = storage;
        this.onStorage = new StopOnStorage(storage);
        this.processes = processes;
        this.clock = clock;
    }

    Outcome look(StopRequest request) {
        try {
            Trigger trigger = rest.trigger(request.job(), request.trigger());
            return switch (trigger.state()) {
                case IN_PROGRESS -> waiting("the savepoint is being taken");
                case COMPLETED ->
                    trigger.location().isPresent()
                            ? located(request, trigger.location().get())
                            : failed(request, trigger.failure().orElse("no reason given"));
                case NOT_KNOWN -> notKnown(request);
            };
        } catch (RestFailure e) {
            return new Outcome.Unknown(e.getMessage());
        } catch (IOException e) {
            return new Outcome.Unknown("cannot list savepoints: " + e);
        }
    }

    /** The JobManager is gone, and with it all that it knew. */
    Outcome afterEnd(StopRequest request, String cause) {
        try {
            return ended(request, Optional.empty(), cause);
        } catch (RestFailure e) {
            return new Outcome.Unknown(e.getMessage());
        } catch (IOException e) {
            return new Outcome.Unknown("cannot list savepoints: " + e);
        }
    }

    private Outcome located(StopRequest request, String location) throws RestFailure, IOException {
        Optional<JobStatus> status = rest.status(request.job());
        if (status.isPresent() && !status.get().isGloballyTerminal()) {
            return new Outcome.Waiting(
                    clock.instant().plus(SOON),
                    "the savepoint is complete, the job is " + status.get());
        }
        return done(request, location, name(status));
    }

    private Outcome failed(StopRequest request, String trace) throws RestFailure, IOException {
        Optional<JobStatus> status = rest.status(request.job());
        if (status.isEmpty() || status.get().isGloballyTerminal()) {
            return ended(request, status, trace);
        }
        Evidence evidence = Evidence.of("state", status.get().name());
        Optional<String> path = Causes.savepointPath(trace);
        if (path.isPresent()) {
            evidence = new Evidence(Optional.of(describe(request, path.get())), evidence.facts());
        }
        return new Outcome.Failed(true, Causes.root(trace), evidence);
    }

    private Outcome notKnown(StopRequest request) throws RestFailure, IOException {
        Optional<JobStatus> status = rest.status(request.job());
        if (status.isEmpty() || status.get().isGloballyTerminal()) {
            return ended(request, status, "the job ended before the savepoint was asked for");
        }
        rest.stop(
                request.job(),
                request.trigger(),
                storage.target(request.directory()),
                request.format());
        return waiting("the savepoint was asked for");
    }

    private Outcome ended(StopRequest request, Optional<JobStatus> status, String trace)
            throws RestFailure, IOException {
        if (status.isEmpty() && processes.orphansExcluded().isEmpty()) {
            return new Outcome.Unknown(
                    "the JobManager does not know the job, which proves nothing yet");
        }
        List<Found> found = storage.savepoints(request.directory());
        Optional<String> savepoint = Causes.savepointPath(trace)
                .or(() -> found.size() == 1 ? Optional.of(found.get(0).path()) : Optional.empty())
                .or(() -> counted(request));
        boolean isFinal = status.equals(Optional.of(JobStatus.FINISHED));
        if (savepoint.isPresent()) {
            return isFinal || !onStorage.isOutrun(request, found)
                    ? done(request, savepoint.get(), name(status))
                    : StopOnStorage.outrun(savepoint.get(), name(status));
        }
        return onStorage.undecided(request, found, name(status), Causes.root(trace));
    }

    /**
     * The savepoint of this very try that the JobManager counts for the ended job: for storage that
     * cannot be listed, or lists too much. No statistics are no savepoint; state is searched for then.
     */
    private Optional<String> counted(StopRequest request) {
        try {
            return rest.checkpoints(request.job())
                    .flatMap(CheckpointStatistics::newest)
                    .filter(newest -> newest.kind() == StatePointer.Kind.SAVEPOINT)
                    .map(Snapshot::path)
                    .filter(path -> path.contains("/" + request.directory() + "/"));
        } catch (RestFailure e) {
            return Optional.empty();
        }
    }

    private Outcome done(StopRequest request, String location, String state)
            throws RestFailure, IOException {
        if (storage.presence(location) == StateStorage.Presence.MISSING) {
            return new Outcome.Unknown(
                    "Flink reports the savepoint " + location + ", but it is not there");
        }
        return new Outcome.Done(Evidence.of(describe(request, location)).with("state", state));
    }

    /** Id and time from storage, else from the JobManager, else not known. */
    private StatePointer describe(StopRequest request, String location)
            throws RestFailure, IOException {
        for (Found found : storage.savepoints(request.directory())) {
            if (location.endsWith(found.path().substring(found.path().lastIndexOf('/')))) {
                return pointer(request, location, found.checkpointId(), found.completedAt());
            }
        }
        Optional<Snapshot> newest = rest.checkpoints(request.job())
                .flatMap(CheckpointStatistics::newest)
                .filter(snapshot -> snapshot.path().equals(location));
        return newest.isPresent()
                ? pointer(request, location, newest.get().id(), newest.get().completedAt())
                : pointer(request, location, -1, clock.instant());
    }

    private static StatePointer pointer(
            StopRequest request, String path, long id, Instant completedAt) {
        return new StatePointer(
                StatePointer.Kind.SAVEPOINT,
                path,
                request.job(),
                request.attempt(),
                id,
                completedAt,
                request.flinkVersion());
    }

    private Outcome waiting(String what) {
        return new Outcome.Waiting(clock.instant().plus(NEXT_LOOK), what);
    }

    private static String name(Optional<JobStatus> status) {
        return status.map(JobStatus::name).orElse("GONE");
    }
}
