// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import dev.sluice.drive.StartRequest;
import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.isolation.WorkerFailure;
import dev.sluice.drive.isolation.YarnCommands;
import dev.sluice.drive.isolation.YarnSubmission;
import dev.sluice.drive.rest.SessionCluster;
import dev.sluice.drive.yarn.JobManagers.Connection;
import dev.sluice.drive.yarn.Preparing.Prepared;
import dev.sluice.spec.ClusterBasics;
import dev.sluice.spec.Digest;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.observed.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Starts attempts in session clusters, and a session cluster when a job first needs it or after it has
 * ended.
 *
 * <p><b>Order:</b> a session cluster that knows the attempt; else the one that is declared, if it lives;
 * else an application id is written down for its next turn, under which whoever needs it submits it: there
 * are never two. The job is submitted to its JobManager under the attempt's own id, which Flink takes
 * once.
 */
final class SessionStarts {
    private static final Duration NEXT_LOOK = Duration.ofMillis(500);

    private final Sessions sessions;
    private final Reports manager;
    private final JobManagers jobManagers;
    private final Reservations reservations;
    private final Preparing preparation;
    private final YarnCommands workers;
    private final ApplicationSettings settings;
    private final Options options;
    private final Clock clock;

    /**
     * What a cluster entry says.
     *
     * @param logging folder with {@code log4j.properties}
     */
    record Options(SortedMap<String, ClusterBasics.Session> declared, Path logging) {}

    SessionStarts(
            Sessions sessions,
            Reports manager,
            JobManagers jobManagers,
            Reservations reservations,
            Preparing preparation,
            YarnCommands workers,
            ApplicationSettings settings,
            Options options,
            Clock clock) {
        this.sessions = sessions;
        this.manager = manager;
        this.jobManagers = jobManagers;
        this.reservations = reservations;
        this.preparation = preparation;
        this.workers = workers;
        this.settings = settings;
        this.options = options;
        this.clock = clock;
    }

    Outcome start(StartRequest request) throws IOException, ArtifactFailure {
        JobSpec spec = request.job().spec();
        Optional<Connection> knows = sessions.of(spec.key(), request.id());
        if (knows.isPresent()) {
            return knows.get().session().started(request);
        }
        Optional<Prepared> prepared = preparation.prepare(spec);
        return prepared.isPresent() ? start(request, prepared.get()) : waiting(Preparing.DOING);
    }

    /** Which attempt that a start may not be beside lives in any session cluster. */
    Optional<Outcome> company(StartRequest request) throws IOException {
        return sessions.company(request).map(Outcome.Unknown::new);
    }

    private Outcome start(StartRequest request, Prepared prepared) throws IOException {
        Optional<Outcome> company = company(request);
        if (company.isPresent()) {
            return company.get();
        }
        JobSpec spec = request.job().spec();
        Optional<Application> living = sessions.find(spec);
        if (living.isEmpty()) {
            return make(spec, sessions.identity(spec), prepared);
        }
        Optional<Connection> connection = jobManagers.of(living.get());
        return connection.isPresent()
                ? submit(request, connection.get(), prepared)
                : waiting(
                        "the session cluster is not there yet: " + living.get().words());
    }

    /** Done when the job has looked at its state, as in a cluster of its own. */
    private static Outcome submit(StartRequest request, Connection connection, Prepared prepared) {
        SessionCluster session = connection.session();
        Outcome taken = session.begun(request)
                .orElseGet(() -> session.submit(request, prepared.submission()));
        return taken instanceof Outcome.Done ? session.started(request) : taken;
    }

    private static String name(JobSpec spec) {
        return spec.flink().session().orElseThrow();
    }

    private Outcome make(JobSpec spec, Digest session, Prepared prepared) throws IOException {
        try {
            String application = chosen(session, prepared);
            Optional<Application> known = manager.find(application);
            if (known.isPresent()) {
                return waiting(known.get().words());
            }
            Optional<String> refusal = workers.submit(
                    prepared.home(), submission(spec, session, prepared, application));
            return refusal.isEmpty()
                    ? waiting("the session cluster was submitted as " + application)
                    : Refusals.failed(refusal.get());
        } catch (WorkerFailure e) {
            return new Outcome.Unknown("submission of a session cluster: " + e.getMessage());
        }
    }

    /** The id of the turn that has not ended yet. */
    private String chosen(Digest session, Prepared prepared) throws IOException, WorkerFailure {
        int turn = reservations.turns(session);
        Optional<String> newest = turn == 0 ? Optional.empty() : reservations.find(session, turn);
        boolean mayStillRun = newest.isPresent()
                && manager.find(newest.get())
                        .filter(application -> application.state().isFinal())
                        .isEmpty();
        return mayStillRun
                ? newest.get()
                : reservations.put(session, turn + 1, workers.reserve(prepared.home()));
    }

    private YarnSubmission submission(
            JobSpec spec, Digest session, Prepared prepared, String application) {
        List<String> tags = Tags.session(spec.key(), session, spec.flink().version());
        return new YarnSubmission(
                application,
                settings.ofSession(name(spec), options.declared().get(name(spec)), tags, prepared),
                Optional.empty(),
                List.of(),
                options.logging());
    }

    private Outcome waiting(String what) {
        return new Outcome.Waiting(clock.instant().plus(NEXT_LOOK), what);
    }
}
