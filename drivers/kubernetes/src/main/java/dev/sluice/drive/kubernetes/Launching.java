// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.StartRequest;
import dev.sluice.drive.isolation.NativeCluster;
import dev.sluice.drive.isolation.WorkerFailure;
import dev.sluice.drive.kubernetes.KubeFailure.Kind;
import dev.sluice.drive.rest.StartOnStorage;
import dev.sluice.drive.rest.StateStorage;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A start of one attempt, asked again and again until the JobManager has the job.
 *
 * <ul>
 *   <li>A deployment of its name with other labels, or a resource of the operator: Failed for good, it
 *       is another's.
 *   <li>Its own deployment: what is missing beside it is created, then the JobManager is asked. The job
 *       is there: Done; it failed before it ran: Failed, the id is burnt. Until then Waiting, with what
 *       Kubernetes says is in the way; what is there for good removes the deployment and is Failed.
 *   <li>Its own resource of the operator: the same, but all that is missing is left to the operator.
 *   <li>Neither, but pods: Waiting, they are ending.
 *   <li>Neither, but checkpoints of this id: Failed with the newest, to start the next attempt from.
 *   <li>Neither, but something of another attempt: Unknown, nothing is created beside it.
 *   <li>Nothing: created. Of two who try at once, one gets a conflict and looks again.
 * </ul>
 */
final class Launching {
    private static final Duration NEXT_LOOK = Duration.ofMillis(300);

    private final Applications applications;
    private final Sessions sessions;
    private final StateStorage storage;
    private final Clock clock;

    Launching(Applications applications, Sessions sessions, StateStorage storage, Clock clock) {
        this.applications = requireNonNull(applications, "applications is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.storage = requireNonNull(storage, "storage is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Makes the objects; only called when they are needed. */
    @FunctionalInterface
    interface Objects {
        NativeCluster make() throws WorkerFailure, IOException;

        /** What the operator is asked to make them of; empty where Sluice creates them itself. */
        default Optional<JsonNode> resource(NativeCluster made) {
            return Optional.empty();
        }
    }

    Outcome look(StartRequest request, Objects objects) {
        Attempt attempt = new Attempt(request.job().spec().key(), request.attempt());
        try {
            Sight named = applications.namespace().named(attempt.clusterId());
            if (named.head().isPresent()) {
                Optional<JsonNode> foreign = named.without(attempt.labels());
                return foreign.isPresent()
                        ? others(attempt, foreign.get())
                        : there(request, attempt, objects);
            }
            Sight sight = applications.namespace().look(attempt);
            if (!sight.isGone()) {
                return waiting("pods of an earlier start of this attempt are ending");
            }
            if (applications.namespace().hasConfiguration(attempt.clusterId())) {
                return waiting(
                        "what belonged to an earlier start of this attempt is being removed");
            }
            Optional<Outcome> refusal = refusal(request, attempt);
            Optional<Outcome> obstacle = refusal.isPresent() ? refusal : company(request);
            // In this order: what is not there now has completed all that it ever will.
            Optional<Outcome> outrun = obstacle.isPresent() ? obstacle : stored().outrun(request);
            return outrun.isPresent() ? outrun.get() : create(attempt, objects);
        } catch (KubeFailure e) {
            return refused(e);
        } catch (WorkerFailure e) {
            return new Outcome.Failed(!e.isOfProgram(), e.getMessage(), Evidence.NONE);
        } catch (IOException e) {
            return new Outcome.Failed(
                    true, "cannot look at the storage: " + e.getMessage(), Evidence.NONE);
        }
    }

    /** Lets the API server judge the deployment without making it: quotas, rights, the pod template. */
    Outcome rehearse(Objects objects, Evidence evidence) {
        try {
            NativeCluster made = objects.make();
            applications.namespace().rehearse(Json.read(made.deployment()));
            Optional<JsonNode> resource = objects.resource(made);
            if (resource.isPresent()) {
                applications.namespace().operated().rehearse(resource.get());
            }
            return new Outcome.Done(evidence);
        } catch (KubeFailure e) {
            return refused(e);
        } catch (WorkerFailure e) {
            return new Outcome.Failed(!e.isOfProgram(), e.getMessage(), Evidence.NONE);
        } catch (IOException e) {
            return new Outcome.Failed(true, "cannot describe the cluster: " + e, Evidence.NONE);
        }
    }

    /** What lives of another attempt, on its own or in a session cluster. */
    private Optional<Outcome> company(StartRequest request) throws KubeFailure {
        Optional<String> own = applications.company(request);
        Optional<String> any = own.isPresent() ? own : sessions.company(request);
        return any.map(Outcome.Unknown::new);
    }

    /** What a call means that the API server did not answer as it should. */
    static Outcome refused(KubeFailure e) {
        return e.isForGood()
                ? new Outcome.Failed(isQuota(e), e.getMessage(), Evidence.NONE)
                : new Outcome.Unknown(e.getMessage());
    }

    private static boolean isQuota(KubeFailure e) {
        return e.getMessage().contains("exceeded quota");
    }

    private Outcome others(Attempt attempt, JsonNode foreign) {
        String kind = foreign.path("kind").asString("deployment");
        return new Outcome.Failed(
                false,
                kind + " " + attempt.clusterId() + " in namespace "
                        + applications.namespace().name()
                        + " was not made for this attempt: remove it, or rename the job",
                Evidence.of("other", Json.name(foreign))
                        .with("spent", attempt.id().hex()));
    }

    /** Why nothing is to be created: the state is not there, or this attempt has run already. */
    private Optional<Outcome> refusal(StartRequest request, Attempt attempt)
            throws KubeFailure, IOException {
        Optional<Outcome> refusal = stored().refusal(request);
        return refusal.isPresent()
                ? refusal
                : applications.result(attempt).map(result -> burnt(attempt, result));
    }

    private StartOnStorage stored() {
        return new StartOnStorage(storage);
    }

    private static Outcome burnt(Attempt attempt, JobResults.Result result) {
        String cause =
                result.isFailure() ? result.cause() : "this attempt has run already and ended";
        return new Outcome.Failed(
                false, cause, Evidence.of("burnt", attempt.id().hex()));
    }

    private Outcome create(Attempt attempt, Objects objects)
            throws KubeFailure, WorkerFailure, IOException {
        NativeCluster cluster = objects.make();
        Optional<JsonNode> resource = objects.resource(cluster);
        try {
            if (resource.isPresent()) {
                applications.namespace().operated().create(resource.get());
                return waiting(Operated.KIND + " " + attempt.clusterId() + " was created");
            }
            JsonNode made = applications.namespace().create(Json.read(cluster.deployment()));
            complete(made, cluster, attempt);
            return waiting("deployment " + attempt.clusterId() + " was created");
        } catch (KubeFailure e) {
            if (e.kind() == Kind.CONFLICT) {
                return waiting("a cluster " + attempt.clusterId() + " was there first");
            }
            throw e;
        }
    }

    /**
     * Creates what belongs to the deployment. Where that is refused for good nothing of it stays: a
     * JobManager could start with a part of it, and run a job whose start has failed.
     */
    private void complete(JsonNode deployment, NativeCluster cluster, Attempt attempt)
            throws KubeFailure {
        try {
            applications.namespace().complete(deployment, cluster, attempt.labels());
        } catch (KubeFailure e) {
            if (e.isForGood()) {
                applications.remove(new Sight(Optional.of(deployment), List.of()));
            }
            throw e;
        }
    }

    private Outcome there(StartRequest request, Attempt attempt, Objects objects)
            throws KubeFailure, WorkerFailure, IOException {
        Sight sight = applications.namespace().look(attempt);
        if (sight.head().isEmpty() || sight.isEnding()) {
            return waiting(sight.removal());
        }
        if (sight.isAbandoned()) {
            applications.remove(sight);
            return waiting(
                    "what is left of the cluster " + attempt.clusterId() + " is being removed");
        }
        Optional<JobResults.Result> result =
                applications.result(attempt, sight).filter(JobResults.Result::isFailure);
        if (result.isPresent() && storage.checkpoints(attempt.id()).isEmpty()) {
            applications.remove(sight);
            return burnt(attempt, result.get());
        }
        if (!sight.isJobManagerReady()) {
            return notReady(attempt, sight, objects);
        }
        String version = request.job().spec().flink().version();
        Outcome found = applications.session(attempt.clusterId(), version).started(request);
        boolean isOpen = found instanceof Outcome.Waiting || found instanceof Outcome.Unknown;
        return isOpen
                ? sight.trouble().map(trouble -> waiting(trouble.text())).orElse(found)
                : found;
    }

    private Outcome notReady(Attempt attempt, Sight sight, Objects objects)
            throws KubeFailure, WorkerFailure, IOException {
        Optional<Trouble> trouble = sight.trouble();
        if (trouble.isEmpty()) {
            if (sight.operated().isEmpty()
                    && applications.namespace().lacksConfiguration(attempt.clusterId())) {
                complete(sight.deployment().orElseThrow(), objects.make(), attempt);
            }
            return waiting("the JobManager starts");
        }
        if (!trouble.get().isForGood() || !storage.checkpoints(attempt.id()).isEmpty()) {
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
