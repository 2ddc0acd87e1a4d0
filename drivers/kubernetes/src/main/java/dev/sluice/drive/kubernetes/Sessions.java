// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.StartRequest;
import dev.sluice.drive.kubernetes.KubeFailure.Kind;
import dev.sluice.drive.rest.FlinkRest;
import dev.sluice.drive.rest.RestAccess;
import dev.sluice.drive.rest.RestFailure;
import dev.sluice.drive.rest.SessionCluster;
import dev.sluice.drive.rest.StateStorage;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.LiveJob;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/**
 * The session clusters of a namespace, found by their labels. One that does not answer may have any job
 * of its environment, unless it never had a leader: then there are no ConfigMaps of its high
 * availability.
 */
final class Sessions {
    private final Namespace namespace;
    private final StateStorage storage;
    private final Clock clock;
    private final Map<String, Connection> known = new ConcurrentHashMap<>();

    Sessions(Namespace namespace, StateStorage storage, Clock clock) {
        this.namespace = requireNonNull(namespace, "namespace is null");
        this.storage = requireNonNull(storage, "storage is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * The way to a JobManager, kept because denials of a job count together.
     *
     * @param access with the token of now; another token is another connection
     * @param hasAnswered ever
     */
    private record Connection(
            String clusterId,
            RestAccess access,
            FlinkRest rest,
            SessionCluster session,
            AtomicBoolean hasAnswered) {}

    /** Jobs that were seen, and what could not be asked although it could before. */
    record Seen(List<LiveJob> jobs, List<String> problems) {}

    /**
     * The JobManagers that may have jobs of an environment.
     *
     * @throws KubeFailure when one cannot be asked
     */
    List<SessionCluster> answering(JobKey key) throws KubeFailure {
        SortedMap<String, Sight> there =
                namespace.look(SessionIdentity.of(key.repository(), key.environment()));
        List<SessionCluster> found = new ArrayList<>();
        for (Sight sight : there.values()) {
            serving(sight).ifPresent(found::add);
        }
        return found;
    }

    /**
     * A session cluster that answers; empty for one that has never had a job, because it never
     * answered.
     *
     * @throws KubeFailure when it may have jobs and cannot be asked
     */
    Optional<SessionCluster> serving(Sight sight) throws KubeFailure {
        String name = sight.clusterId();
        if (sight.deployment().isEmpty() || sight.isEnding()) {
            throw unclear("session cluster " + name + " is ending");
        }
        Connection connection = connection(sight.deployment().get());
        try {
            connection.rest().jobManager();
            connection.hasAnswered().set(true);
            return Optional.of(connection.session());
        } catch (RestFailure e) {
            if (namespace.highAvailability(name).isEmpty()) {
                return Optional.empty();
            }
            String why = sight.trouble().map(Trouble::text).orElse(e.getMessage());
            throw unclear("session cluster " + name + " cannot be asked: " + why);
        }
    }

    /** The session cluster that knows an attempt, whatever has become of its job there. */
    Optional<SessionCluster> of(JobKey key, JobId attempt) throws KubeFailure {
        for (SessionCluster session : answering(key)) {
            try {
                if (session.status(attempt).isPresent()) {
                    return Optional.of(session);
                }
            } catch (RestFailure e) {
                throw unclear("a session cluster cannot be asked: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    /** Which attempt that a start may not be beside lives in one of them, in words. */
    Optional<String> company(StartRequest request) throws KubeFailure {
        for (SessionCluster session : answering(request.job().key())) {
            try {
                Optional<String> company = session.company(request);
                if (company.isPresent()) {
                    return company;
                }
            } catch (RestFailure e) {
                throw unclear("a session cluster cannot be asked: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    /** Their jobs, of whatever environment. The way to their pages lets nobody in and is left out. */
    Seen observe(Collection<Sight> sights, Map<JobId, Integer> detailed) {
        List<Sight> live = sights.stream()
                .filter(sight -> SessionIdentity.isSession(sight) && !sight.isEnding())
                .toList();
        known.keySet()
                .retainAll(live.stream()
                        .flatMap(sight -> sight.deployment().stream())
                        .map(Json::uid)
                        .toList());
        List<Seen> each =
                live.parallelStream().map(sight -> ask(sight, detailed)).toList();
        return new Seen(
                each.stream().flatMap(seen -> seen.jobs().stream()).toList(),
                each.stream().flatMap(seen -> seen.problems().stream()).toList());
    }

    private Seen ask(Sight sight, Map<JobId, Integer> detailed) {
        Connection connection;
        try {
            connection = connection(sight.deployment().orElseThrow());
        } catch (KubeFailure e) {
            return new Seen(List.of(), List.of(e.getMessage()));
        }
        try {
            List<LiveJob> jobs = connection.session().observe(detailed);
            connection.hasAnswered().set(true);
            return new Seen(jobs.stream().map(Sessions::withoutPage).toList(), List.of());
        } catch (RestFailure e) {
            String why = sight.trouble().map(Trouble::text).orElse(e.getMessage());
            return new Seen(
                    List.of(),
                    connection.hasAnswered().get()
                            ? List.of("session cluster " + sight.clusterId() + ": " + why)
                            : List.of());
        }
    }

    private static LiveJob withoutPage(LiveJob job) {
        return new LiveJob(
                job.id(),
                job.name(),
                job.status(),
                job.startedAt(),
                job.parallelism(),
                job.flinkVersion(),
                Optional.empty(),
                job.detail());
    }

    private Connection connection(JsonNode deployment) throws KubeFailure {
        String name = Json.name(deployment);
        try {
            RestAccess access = namespace.rest(name);
            return known.compute(
                    Json.uid(deployment),
                    (uid, old) -> old != null && old.access().equals(access)
                            ? old
                            : connect(deployment, access));
        } catch (IOException e) {
            throw new KubeFailure(Kind.HIDDEN, "cannot read the token: " + e);
        }
    }

    private Connection connect(JsonNode deployment, RestAccess access) {
        FlinkRest rest = new FlinkRest(access, Applications.LIMITS);
        String name = Json.name(deployment);
        SessionCluster session = new SessionCluster(
                rest,
                storage,
                new SessionProcesses(namespace, name, rest, clock),
                Json.label(deployment, SessionIdentity.VERSION).orElse(""),
                clock);
        return new Connection(name, access, rest, session, new AtomicBoolean());
    }

    private static KubeFailure unclear(String why) {
        return new KubeFailure(Kind.LOST, why + "; it may have jobs that nobody sees now");
    }
}
