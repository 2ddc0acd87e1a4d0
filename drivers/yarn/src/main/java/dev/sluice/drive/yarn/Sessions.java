// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import dev.sluice.drive.StartRequest;
import dev.sluice.drive.rest.RestFailure;
import dev.sluice.drive.yarn.JobManagers.Connection;
import dev.sluice.spec.Digest;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The session clusters of an environment, found by their tags. They have one master each, ever, and take
 * jobs at its address only: one whose master never ran has no job.
 */
final class Sessions {
    private final Reports manager;
    private final Listings listings;
    private final JobManagers jobManagers;
    private final String cluster;

    /** @param cluster name of the entry that declares them */
    Sessions(Reports manager, Listings listings, JobManagers jobManagers, String cluster) {
        this.manager = manager;
        this.listings = listings;
        this.jobManagers = jobManagers;
        this.cluster = cluster;
    }

    /** What tells the session cluster that a job names from all others. */
    Digest identity(JobSpec spec) {
        String name = spec.flink().session().orElseThrow();
        return Tags.session(spec.key(), cluster, name, spec.flink().version());
    }

    /** The one that a job names, if it runs now, waits for its queue, or may come to run. */
    Optional<Application> find(JobSpec spec) throws IOException {
        Digest session = identity(spec);
        return living(spec.key()).stream()
                .filter(application -> Tags.isSession(application, session))
                .findFirst();
    }

    /**
     * The JobManagers that may have jobs of an environment.
     *
     * @throws IOException when one cannot be asked
     */
    List<Connection> answering(JobKey key) throws IOException {
        List<Connection> found = new ArrayList<>();
        for (Application application : living(key)) {
            Optional<Connection> connection = jobManagers.of(application);
            connection.ifPresent(found::add);
            if (connection.isEmpty() && manager.mayRun(application)) {
                throw new IOException("a session cluster cannot be asked: " + application.words());
            }
        }
        return found;
    }

    /** The session cluster that knows an attempt, whatever has become of its job there. */
    Optional<Connection> of(JobKey key, JobId attempt) throws IOException {
        for (Connection connection : answering(key)) {
            try {
                if (connection.session().status(attempt).isPresent()) {
                    return Optional.of(connection);
                }
            } catch (RestFailure e) {
                throw new IOException("a session cluster cannot be asked: " + e.getMessage(), e);
            }
        }
        return Optional.empty();
    }

    /** Which attempt that a start may not be beside lives in one of them, in words. */
    Optional<String> company(StartRequest request) throws IOException {
        for (Connection connection : answering(request.job().key())) {
            try {
                Optional<String> company = connection.session().company(request);
                if (company.isPresent()) {
                    return company;
                }
            } catch (RestFailure e) {
                throw new IOException("a session cluster cannot be asked: " + e.getMessage(), e);
            }
        }
        return Optional.empty();
    }

    private List<Application> living(JobKey key) throws IOException {
        return listings.livingSessions(Tags.sessions(key));
    }
}
