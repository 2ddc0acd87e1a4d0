// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import dev.sluice.drive.CancelRequest;
import dev.sluice.drive.StopRequest;
import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.isolation.WorkerFailure;
import dev.sluice.drive.isolation.YarnCommands;
import dev.sluice.drive.rest.RestFailure;
import dev.sluice.drive.yarn.JobManagers.Connection;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends attempts. The master outlives its job until the savepoint is known; then it is asked to end, and
 * killed if it does not. A stop is over when YARN says that the application is, so that no second
 * attempt is ever begun beside it; what the stop brought is read from storage then. A session cluster
 * goes on without the job.
 */
final class Ending {
    private static final Duration NEXT_LOOK = Duration.ofMillis(500);
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final Attempts attempts;
    private final Sessions sessions;
    private final JobManagers jobManagers;
    private final YarnCommands workers;
    private final Preparing preparation;
    private final Clock clock;
    private final Map<String, Instant> asked = new ConcurrentHashMap<>();

    Ending(
            Attempts attempts,
            Sessions sessions,
            JobManagers jobManagers,
            YarnCommands workers,
            Preparing preparation,
            Clock clock) {
        this.attempts = attempts;
        this.sessions = sessions;
        this.jobManagers = jobManagers;
        this.workers = workers;
        this.preparation = preparation;
        this.clock = clock;
    }

    Outcome stop(StopRequest request) throws IOException {
        Optional<Application> found = attempts.find(request.job());
        Optional<Connection> session =
                found.isPresent() ? Optional.empty() : sessions.of(request.key(), request.job());
        if (session.isPresent()) {
            return session.get().session().stopWithSavepoint(request);
        }
        if (found.isEmpty() || found.get().state().isFinal()) {
            String why = words(found);
            return jobManagers.ended(request.flinkVersion(), why).stoppedBefore(request, why);
        }
        Optional<Connection> connection = jobManagers.of(found.get());
        if (connection.isEmpty()) {
            return attempts.mayRun(found.get())
                    ? new Outcome.Unknown(
                            "its master cannot be asked: " + found.get().words())
                    : kill(found.get(), request.flinkVersion(), "stopped before it ran");
        }
        Outcome outcome = connection.get().session().stopWithSavepoint(request);
        return outcome instanceof Outcome.Done
                ? leave(found.get(), connection, request.flinkVersion())
                : outcome;
    }

    Outcome cancel(CancelRequest request) throws IOException {
        Optional<Application> found = attempts.find(request.job());
        Optional<Connection> session =
                found.isPresent() ? Optional.empty() : sessions.of(request.key(), request.job());
        if (session.isPresent()) {
            return session.get().session().cancel(request);
        }
        if (found.isEmpty() || found.get().state().isFinal()) {
            return new Outcome.Done(Evidence.of("state", "GONE").with("yarn", words(found)));
        }
        Optional<Connection> connection = jobManagers.of(found.get());
        if (connection.isEmpty()) {
            return kill(found.get(), request.flinkVersion(), "cancelled before it ran");
        }
        Outcome outcome = connection.get().session().cancel(request);
        return outcome instanceof Outcome.Done
                ? leave(found.get(), connection, request.flinkVersion())
                : outcome;
    }

    /** Asks the master of an ended job to end too, and kills it when it stays. */
    Outcome leave(Application application, Optional<Connection> connection, String version) {
        Instant now = clock.instant();
        Instant first = asked.computeIfAbsent(application.id(), unused -> now);
        boolean isLate = Duration.between(first, now).compareTo(GRACE) > 0;
        if (connection.isEmpty() || isLate) {
            return kill(application, version, "its job has ended");
        }
        try {
            connection.get().rest().endCluster();
        } catch (RestFailure mayHaveEnded) {
            return waiting(application.words() + "; " + mayHaveEnded.getMessage());
        }
        return waiting("application " + application.id() + " is being ended");
    }

    Outcome kill(Application application, String version, String reason) {
        try {
            workers.kill(preparation.home(version), application.id(), "Sluice: " + reason);
            return waiting("application " + application.id() + " is being killed");
        } catch (WorkerFailure | ArtifactFailure e) {
            return new Outcome.Unknown(
                    "cannot kill application " + application.id() + ": " + e.getMessage());
        }
    }

    private static String words(Optional<Application> found) {
        return found.map(Application::words).orElse("YARN knows no application of this attempt");
    }

    private Outcome waiting(String what) {
        return new Outcome.Waiting(clock.instant().plus(NEXT_LOOK), what);
    }
}
