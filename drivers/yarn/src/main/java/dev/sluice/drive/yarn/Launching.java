// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import dev.sluice.drive.StartRequest;
import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.isolation.WorkerFailure;
import dev.sluice.drive.isolation.YarnCommands;
import dev.sluice.drive.rest.RestFailure;
import dev.sluice.drive.rest.StartOnStorage;
import dev.sluice.drive.rest.StateStorage;
import dev.sluice.drive.rest.StateStorage.Presence;
import dev.sluice.drive.yarn.JobManagers.Connection;
import dev.sluice.drive.yarn.Preparing.Prepared;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Starts attempts.
 *
 * <p>In session mode the attempt goes to a session cluster, see {@link SessionStarts}. Else:
 *
 * <p><b>Order:</b> look for the attempt by its tag, in every state; see that it has left nothing on
 * storage and that its own state is there; see that no other attempt lives; in per-job mode make the graph
 * of its job, see {@link Packing}; look once more; write down an application id
 * for it; submit under that id. The next call finds it. Each call begins anew, so it does not matter at
 * which point an earlier one ended, or whether its answer came.
 *
 * <ul>
 *   <li>Taken, and waiting for its queue: Waiting, with YARN's reason.
 *   <li>Its job has begun: Done. It FAILED before it ran: Failed for good, the id is burnt.
 *   <li>The application has ended: Failed, with the newest checkpoint if it left one.
 *   <li>Another attempt lives, also in a session cluster: Unknown, nothing is submitted; if only its master is left, it is ended.
 *   <li>YARN refused: Failed, nothing runs. The answer was lost: Unknown.
 * </ul>
 */
final class Launching {
    private static final Duration NEXT_LOOK = Duration.ofMillis(500);

    private final Attempts attempts;
    private final JobManagers jobManagers;
    private final Reservations reservations;
    private final StateStorage storage;
    private final Preparing preparation;
    private final YarnCommands workers;
    private final Ending ending;
    private final Packing packing;
    private final SessionStarts sessions;
    private final Clock clock;

    Launching(
            Attempts attempts,
            JobManagers jobManagers,
            Reservations reservations,
            StateStorage storage,
            Preparing preparation,
            YarnCommands workers,
            Ending ending,
            Packing packing,
            SessionStarts sessions,
            Clock clock) {
        this.attempts = attempts;
        this.jobManagers = jobManagers;
        this.reservations = reservations;
        this.storage = storage;
        this.preparation = preparation;
        this.workers = workers;
        this.ending = ending;
        this.packing = packing;
        this.sessions = sessions;
        this.clock = clock;
    }

    Outcome start(StartRequest request) throws IOException, ArtifactFailure {
        Optional<Application> known = attempts.find(request.id());
        if (known.isPresent()) {
            return adopted(request, known.get());
        }
        boolean isShared = request.job().spec().flink().mode() == FlinkTarget.Mode.SESSION;
        Optional<Outcome> obstacle = isShared
                ? Optional.empty()
                : left(request, "YARN knows no application of this attempt")
                        .or(() -> missing(request.from()));
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        Optional<Outcome> beside = beside(request);
        if (beside.isPresent()) {
            return beside.get();
        }
        return isShared ? sessions.start(request) : submit(request);
    }

    /** What becomes of a start beside which another attempt has an application of its own. */
    private Optional<Outcome> beside(StartRequest request) throws IOException {
        for (JobKey key : request.keys()) {
            for (Application other : attempts.living(key, request.others())) {
                if (Tags.idOf(other).map(id -> request.isOther(key, id)).orElse(true)) {
                    return Optional.of(other(other));
                }
            }
        }
        return Optional.empty();
    }

    private Outcome adopted(StartRequest request, Application application) {
        if (application.state().isFinal()) {
            return left(request, application.words())
                    .orElseGet(() -> new Outcome.Failed(
                            true,
                            application.words(),
                            Evidence.of("burnt", request.id().hex())
                                    .with("application", application.id())));
        }
        Optional<Connection> connection = jobManagers.of(application);
        return connection.isPresent()
                ? connection.get().session().started(request)
                : waiting(application.words());
    }

    private Optional<Outcome> left(StartRequest request, String why) {
        return jobManagers.ended(request.job().spec().flink().version(), why).ranBefore(request);
    }

    private Optional<Outcome> missing(RestoreFrom from) {
        if (from instanceof RestoreFrom.State state
                && storage.presence(state.pointer().path()) == Presence.MISSING) {
            String path = state.pointer().path();
            return Optional.of(new Outcome.Failed(
                    false, "the state " + path + " is not there", Evidence.of("missing", path)));
        }
        return Optional.empty();
    }

    /** An attempt whose job has ended may have left its master behind. */
    private Outcome other(Application other) {
        String living = "another attempt lives: " + other.words();
        Optional<Connection> connection = jobManagers.of(other);
        Optional<JobId> id = Tags.idOf(other);
        if (connection.isEmpty() || id.isEmpty()) {
            return new Outcome.Unknown(living);
        }
        try {
            Optional<JobStatus> status = connection.get().session().status(id.get());
            return status.filter(JobStatus::isGloballyTerminal).isPresent()
                    ? ending.leave(other, connection, Tags.versionOf(other))
                    : new Outcome.Unknown(living);
        } catch (RestFailure e) {
            return new Outcome.Unknown(living + "; " + e.getMessage());
        }
    }

    private Outcome submit(StartRequest request) throws IOException, ArtifactFailure {
        Optional<Prepared> prepared = preparation.prepare(request.job().spec());
        if (prepared.isEmpty()) {
            return waiting(Preparing.DOING);
        }
        Optional<Outcome> unmade = packing.obstacle(request, prepared.get());
        if (unmade.isPresent()) {
            return unmade.get();
        }
        Optional<Outcome> company = sessions.company(request);
        // In this order: what is not alive now has completed all that it ever will.
        Optional<Outcome> obstacle =
                company.isPresent() ? company : new StartOnStorage(storage).outrun(request);
        return obstacle.isPresent() ? obstacle.get() : submit(request, prepared.get());
    }

    private Outcome submit(StartRequest request, Prepared prepared) throws IOException {
        try {
            Optional<String> reserved = reservations.find(request.id());
            String application = reserved.isPresent()
                    ? reserved.get()
                    : reservations.put(request.id(), workers.reserve(prepared.home()));
            // The ResourceManager may have restarted before it gave that id.
            Optional<Outcome> beside = beside(request);
            if (beside.isPresent()) {
                return beside.get();
            }
            Optional<String> refusal = workers.submit(
                    prepared.home(), packing.submission(request, prepared, application));
            if (refusal.isPresent()) {
                return Refusals.failed(refusal.get());
            }
            packing.taken(request.job().spec().key());
            return waiting("submitted as " + application);
        } catch (WorkerFailure e) {
            return new Outcome.Unknown("submission: " + e.getMessage());
        }
    }

    private Outcome waiting(String what) {
        return new Outcome.Waiting(clock.instant().plus(NEXT_LOOK), what);
    }
}
