// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.StartRequest;
import dev.sluice.drive.isolation.NativeCluster;
import dev.sluice.drive.isolation.WorkerFailure;
import dev.sluice.drive.kubernetes.KubeFailure.Kind;
import dev.sluice.drive.rest.SessionCluster;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Starts attempts in session clusters, and a session cluster when a job first needs it or after it has
 * ended.
 *
 * <p><b>Order:</b> a session cluster that knows the attempt; else nothing of the job may live, in any
 * session cluster of the environment or on its own; else the declared one, if its deployment is there;
 * else it is created, after what high availability left of the one before was removed. Its name is the
 * fence: there can be one deployment of it. The job is submitted to its JobManager under the attempt's
 * own id, which Flink takes once.
 */
final class SessionStarts {
    private static final Duration NEXT_LOOK = Duration.ofMillis(300);

    private final Applications applications;
    private final Sessions sessions;
    private final Clock clock;

    SessionStarts(Applications applications, Sessions sessions, Clock clock) {
        this.applications = requireNonNull(applications, "applications is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** @param submit brings the job to a session cluster that has nothing against it */
    Outcome look(
            StartRequest request,
            SessionIdentity identity,
            Launching.Objects objects,
            Function<SessionCluster, Outcome> submit) {
        try {
            Optional<SessionCluster> knows = sessions.of(request.job().spec().key(), request.id());
            if (knows.isPresent()) {
                return knows.get().started(request);
            }
            Optional<String> company = sessions.company(request);
            Optional<String> other = company.isPresent() ? company : applications.company(request);
            if (other.isPresent()) {
                return new Outcome.Unknown(other.get());
            }
            return shared(request, identity, objects, submit);
        } catch (KubeFailure e) {
            return Launching.refused(e);
        } catch (WorkerFailure e) {
            return new Outcome.Failed(!e.isOfProgram(), e.getMessage(), Evidence.NONE);
        } catch (IOException e) {
            return new Outcome.Failed(
                    true, "cannot describe the session cluster: " + e, Evidence.NONE);
        }
    }

    /** Done when the job has looked at its state, as in a cluster of its own. */
    private static Outcome taken(
            SessionCluster session,
            StartRequest request,
            Function<SessionCluster, Outcome> submit) {
        Outcome taken = session.begun(request).orElseGet(() -> submit.apply(session));
        return taken instanceof Outcome.Done ? session.started(request) : taken;
    }

    private Outcome shared(
            StartRequest request,
            SessionIdentity identity,
            Launching.Objects objects,
            Function<SessionCluster, Outcome> submit)
            throws KubeFailure, WorkerFailure, IOException {
        String name = identity.clusterId();
        Optional<JsonNode> deployment = applications.namespace().deployment(name);
        if (deployment.isPresent() && !Json.hasLabels(deployment.get(), identity.labels())) {
            return others(name);
        }
        Sight sight =
                applications.namespace().look(identity.labels()).getOrDefault(name, Sight.NOTHING);
        if (sight.isGone() && deployment.isEmpty()) {
            create(identity, objects.make());
            return waiting("session cluster " + name + " is created");
        }
        if (sight.deployment().isEmpty() || sight.isEnding()) {
            return waiting("session cluster " + name + " is ending");
        }
        Optional<SessionCluster> serving = sessions.serving(sight);
        return serving.isPresent()
                ? taken(serving.get(), request, submit)
                : starting(identity, sight, objects);
    }

    private Outcome others(String name) {
        return new Outcome.Failed(
                false,
                "deployment " + name + " in namespace "
                        + applications.namespace().name()
                        + " was not made for this session cluster: remove it, or rename the session",
                Evidence.of("other", name));
    }

    /** What high availability left of an earlier one would bring its jobs back. */
    private void create(SessionIdentity identity, NativeCluster cluster) throws KubeFailure {
        Namespace namespace = applications.namespace();
        List<JsonNode> left = namespace.highAvailability(identity.clusterId());
        if (!namespace.look(identity.labels()).isEmpty()) {
            return;
        }
        try {
            namespace.deleteUnchanged(left);
            JsonNode made = namespace.create(Json.read(cluster.deployment()));
            namespace.complete(made, cluster, identity.labels());
        } catch (KubeFailure e) {
            // Somebody else was first; the next look sees what they made.
            if (e.kind() != Kind.CONFLICT) {
                throw e;
            }
        }
    }

    /** It never had a leader, and so no job. */
    private Outcome starting(SessionIdentity identity, Sight sight, Launching.Objects objects)
            throws KubeFailure, WorkerFailure, IOException {
        JsonNode deployment = sight.deployment().orElseThrow();
        Optional<Trouble> trouble = sight.trouble();
        if (trouble.isEmpty()) {
            if (applications.namespace().lacksConfiguration(identity.clusterId())) {
                applications.namespace().complete(deployment, objects.make(), identity.labels());
            }
            return waiting("session cluster " + identity.clusterId() + " starts");
        }
        if (!trouble.get().isForGood()) {
            return waiting(trouble.get().text());
        }
        applications.remove(sight);
        return new Outcome.Failed(
                false, trouble.get().text(), Evidence.of("logs", applications.logs()));
    }

    private Outcome waiting(String what) {
        return new Outcome.Waiting(clock.instant().plus(NEXT_LOOK), what);
    }
}
