// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.yarn.Application.State;
import dev.sluice.drive.yarn.Reports.Service;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What may still run of an application that YARN calls final. A NodeManager that is gone ends no
 * container: TaskManagers there go on until they have missed their JobManager for the time of
 * {@code heartbeat.timeout}, and a master until it is told that nobody knows it, which is sooner. See
 * decision 0039.
 */
final class Remains {
    /** For the master to be told, and for tasks to end once they have been cancelled. */
    private static final Duration MARGIN = Duration.ofSeconds(15);

    /**
     * How old the health report of a living node may be: it is made every two minutes
     * (yarn.nodemanager.disk-health-checker.interval-ms), or every ten by a script.
     */
    private static final Duration REPORTED = Duration.ofMinutes(15);

    /** Nodes whose NodeManager does what it is told. */
    private static final Set<String> SERVING =
            Set.of("NEW", "RUNNING", "UNHEALTHY", "DECOMMISSIONING");

    /** The only attempt ended by itself, as its NodeManager reports; RM's own reasons are negative. */
    private static final Pattern REPORTED_END =
            Pattern.compile("appattempt_\\d+_\\d+_000001 exited with\\s+exitCode: \\d");

    private final Reports manager;

    Remains(Reports manager) {
        this.manager = requireNonNull(manager, "manager is null");
    }

    /** @throws IOException while processes of one of these that are final may run */
    void mustBeGone(List<Application> listed) throws IOException {
        List<Application> broken = listed.stream()
                .filter(one -> one.state() == State.FAILED || one.state() == State.KILLED)
                .toList();
        if (broken.isEmpty()) {
            return;
        }
        Service service = manager.service();
        for (Application application : broken) {
            Instant over =
                    application.endedAt().plus(Heartbeats.of(application)).plus(MARGIN);
            if (service.now().isBefore(over) && mayGoOn(application, service)) {
                throw new IOException("processes on a node that YARN lost may go on until " + over
                        + ": " + application.words());
            }
        }
    }

    private boolean mayGoOn(Application application, Service service) throws IOException {
        if (!manager.mayRun(application)) {
            return false;
        }
        boolean isReported = application.state() == State.KILLED
                || REPORTED_END.matcher(application.diagnostics()).find();
        // A ResourceManager that started later knows no node that was gone before.
        return !isReported
                || service.startedAt().isAfter(application.endedAt())
                || hasLostNode(application);
    }

    /** Which nodes it had is not told any more. */
    private boolean hasLostNode(Application application) throws IOException {
        for (JsonNode node : manager.told("nodes").path("nodes").path("node")) {
            Instant reported =
                    Instant.ofEpochMilli(node.path("lastHealthUpdate").asLong(Long.MAX_VALUE));
            boolean isOfItsTime = reported.isAfter(application.startedAt().minus(REPORTED));
            if (isOfItsTime && !SERVING.contains(node.path("state").asString(""))) {
                return true;
            }
        }
        return false;
    }
}
