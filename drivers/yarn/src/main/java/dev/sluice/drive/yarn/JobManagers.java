// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import dev.sluice.drive.rest.ClusterProcesses;
import dev.sluice.drive.rest.FlinkRest;
import dev.sluice.drive.rest.RestLimits;
import dev.sluice.drive.rest.SessionCluster;
import dev.sluice.drive.rest.StateStorage;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The ways to the JobManagers of applications, whose connections are kept while they run. */
final class JobManagers {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

    private final StateStorage storage;
    private final Clock clock;
    private final Map<String, Connection> known = new ConcurrentHashMap<>();

    JobManagers(StateStorage storage, Clock clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /** A JobManager at an address. */
    record Connection(URI address, FlinkRest rest, SessionCluster session) {}

    /** Empty until the application's master has registered. */
    Optional<Connection> of(Application application) {
        return application
                .jobManager()
                .filter(address -> application.state() == Application.State.RUNNING)
                .map(address -> known.compute(
                        application.id(),
                        (id, old) -> old != null && old.address().equals(address)
                                ? old
                                : open(address, application)));
    }

    /** For an attempt whose processes have all ended, or never were. */
    SessionCluster ended(String flinkVersion, String why) {
        return new SessionCluster(
                new FlinkRest(NOWHERE, RestLimits.DEFAULT),
                storage,
                () -> Optional.of(why),
                flinkVersion,
                clock);
    }

    void keepOnly(Set<String> applications) {
        known.keySet().retainAll(applications);
    }

    private Connection open(URI address, Application application) {
        FlinkRest rest = new FlinkRest(address, RestLimits.DEFAULT);
        // A master that does not know its one job may not have made it yet. A session cluster never
        // has a second master, so that no process of an earlier one is left.
        ClusterProcesses processes = Tags.isSession(application)
                ? () -> Optional.of("application " + application.id() + " never had another master")
                : Optional::empty;
        return new Connection(
                address,
                rest,
                new SessionCluster(rest, storage, processes, Tags.versionOf(application), clock));
    }
}
