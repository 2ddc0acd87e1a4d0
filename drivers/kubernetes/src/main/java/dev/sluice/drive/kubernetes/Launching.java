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
 *   <li>A deployment of its name with other labels: Failed for good, it is another's.
 *   <li>Its own deployment: what is missing beside it is created, then the JobManager is asked. The job
 *       is there: Done; it failed before it ran: Failed, the id is burnt. Until then Waiting, with what
 *       Kubernetes says is in the way; what is there for good removes the deployment and is Failed.
 *   <li>No deployment, but pods: Waiting, they are ending.
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
    }

    Outcome look(StartRequest request, Objects objects) {
        Attempt attempt = new Attempt(request.job().spec().key(), request.attempt());
        try {
            Optional<JsonNode> deployment =
                    applications.namespace().deployment(attempt.clusterId());
            if (deployment.isPresent()) {
                return Json.hasLabels(deployment.get(), attempt.labels())
                        ? there(request, attempt, deployment.get(), objects)
                        : others(attempt, deployment.get());
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
            return outrun.isPresent() ? outrun.get() : create(attempt, objects.make());
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
            applications.namespace().rehearse(Json.read(objects.make().deployment()));
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

    private Outcome others(Attempt attempt, JsonNode deployment) {
        return new Outcome.Failed(
                false,
                "deployment " + attempt.clusterId() + " in namespace "
                        + applications.namespace().name()
                        + " was not made for this attempt: remove it, or rename the job",
                Evidence.of("other", Json.name(deployment))
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

    private Outcome create(Attempt attempt, NativeCluster cluster) throws KubeFailure {
        try {
            JsonNode made = applications.namespace().create(Json.read(cluster.deployment()));
            complete(made, cluster, attempt);
            return waiting("deployment " + attempt.clusterId() + " was created");
        } catch (KubeFailure e) {
            if (e.kind() == Kind.CONFLICT) {
                return waiting("deployment " + attempt.clusterId() + " was there first");
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
                applications.remove(deployment, new Sight(Optional.of(deployment), List.of()));
            }
            throw e;
        }
    }

    private Outcome there(
            StartRequest request, Attempt attempt, JsonNode deployment, Objects objects)
            throws KubeFailure, WorkerFailure, IOException {
        if (Json.isEnding(deployment)) {
            return waiting("deployment " + attempt.clusterId() + " is being removed");
        }
        Sight sight = applications.namespace().look(attempt);
        Optional<JobResults.Result> result =
                applications.result(attempt).filter(JobResults.Result::isFailure);
        if (result.isPresent() && storage.checkpoints(attempt.id()).isEmpty()) {
            applications.remove(deployment, sight);
            return burnt(attempt, result.get());
        }
        if (!sight.isJobManagerReady()) {
            return notReady(attempt, deployment, sight, objects);
        }
        String version = request.job().spec().flink().version();
        Outcome found = applications.session(attempt.clusterId(), version).started(request);
        boolean isOpen = found instanceof Outcome.Waiting || found instanceof Outcome.Unknown;
        return isOpen
                ? sight.trouble().map(trouble -> waiting(trouble.text())).orElse(found)
                : found;
    }

    private Outcome notReady(Attempt attempt, JsonNode deployment, Sight sight, Objects objects)
            throws KubeFailure, WorkerFailure, IOException {
        Optional<Trouble> trouble = sight.trouble();
        if (trouble.isEmpty()) {
            if (applications.namespace().lacksConfiguration(attempt.clusterId())) {
                complete(deployment, objects.make(), attempt);
            }
            return waiting("the JobManager starts");
        }
        if (!trouble.get().isForGood() || !storage.checkpoints(attempt.id()).isEmpty()) {
            return waiting(trouble.get().text());
        }
        applications.remove(deployment, sight);
        return new Outcome.Failed(
                false, trouble.get().text(), Evidence.of("logs", applications.logs()));
    }

    private Outcome waiting(String what) {
        return new Outcome.Waiting(clock.instant().plus(NEXT_LOOK), what);
    }
}
