// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.CancelRequest;
import dev.sluice.drive.DiscoverRequest;
import dev.sluice.drive.EndClusterRequest;
import dev.sluice.drive.ProofRequest;
import dev.sluice.drive.StopRequest;
import dev.sluice.drive.rest.RestFailure;
import dev.sluice.drive.rest.SessionCluster;
import dev.sluice.drive.rest.StateSearch;
import dev.sluice.drive.rest.StateStorage;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.Proof.Verdict;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * Ends of attempts. A job that has ended leaves a JobManager behind, which is removed at once: until
 * deployment and pods are gone, an attempt is not over. A session cluster goes on without the job.
 */
final class Ending {
    private static final Duration NEXT_LOOK = Duration.ofMillis(300);

    private final Applications applications;
    private final Sessions sessions;
    private final SessionAbsence shared;
    private final StateStorage storage;
    private final Clock clock;

    Ending(
            Applications applications,
            Sessions sessions,
            SessionAbsence shared,
            StateStorage storage,
            Clock clock) {
        this.applications = requireNonNull(applications, "applications is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.shared = requireNonNull(shared, "shared is null");
        this.storage = requireNonNull(storage, "storage is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    Outcome stop(StopRequest request) {
        Attempt attempt = new Attempt(request.key(), request.attempt());
        return whenGone(
                attempt,
                request.flinkVersion(),
                session -> session.stopWithSavepoint(request),
                () -> left(attempt, request));
    }

    Outcome cancel(CancelRequest request) {
        return whenGone(
                new Attempt(request.key(), request.attempt()),
                request.flinkVersion(),
                session -> session.cancel(request),
                () -> new Outcome.Done(Evidence.of("state", "CANCELED")));
    }

    Outcome endCluster(EndClusterRequest request) {
        Attempt attempt = new Attempt(request.key(), request.attempt());
        try {
            Sight sight = applications.namespace().look(attempt);
            if (sight.head().isPresent()) {
                applications.remove(sight);
            } else if (sessions.of(attempt.key(), attempt.id()).isPresent()) {
                return new Outcome.Failed(
                        false,
                        "the session cluster is shared, it is not ended for one job",
                        Evidence.NONE);
            }
            return new Outcome.Done(Evidence.of("removed", attempt.clusterId()));
        } catch (KubeFailure e) {
            return new Outcome.Unknown(e.getMessage());
        }
    }

    /** What the storage shows of a stop, after all. */
    @FunctionalInterface
    private interface Afterwards {
        Outcome look() throws IOException;
    }

    private Outcome whenGone(
            Attempt attempt,
            String version,
            Function<SessionCluster, Outcome> end,
            Afterwards afterwards) {
        try {
            Sight sight = applications.namespace().look(attempt);
            if (sight.isGone()) {
                Optional<SessionCluster> session = sessions.of(attempt.key(), attempt.id());
                if (session.isPresent()) {
                    return end.apply(session.get());
                }
                return applications.namespace().deleteHighAvailability(attempt)
                        ? afterwards.look()
                        : waiting("something of the attempt is there again");
            }
            if (sight.isEnding()) {
                return waiting(sight.removal());
            }
            if (sight.isAbandoned()) {
                applications.remove(sight);
                return waiting("the cluster of the attempt is gone, its resource is being removed");
            }
            Outcome outcome = end.apply(applications.session(attempt.clusterId(), version));
            boolean isOver = outcome instanceof Outcome.Done
                    || outcome instanceof Outcome.Unknown
                            && applications.result(attempt, sight).isPresent();
            if (!isOver) {
                return outcome;
            }
            applications.remove(sight);
            return waiting("the job has ended, its cluster is being removed");
        } catch (KubeFailure e) {
            return new Outcome.Unknown(e.getMessage());
        } catch (IOException e) {
            return new Outcome.Unknown("cannot look at the storage: " + e);
        }
    }

    /** The newest state of the attempt is this savepoint, or the job went on after it. */
    private Outcome left(Attempt attempt, StopRequest request) throws IOException {
        Optional<StatePointer> newest = new StateSearch(storage)
                        .find(new DiscoverRequest(
                                request.key(),
                                request.attempt(),
                                Optional.empty(),
                                request.flinkVersion()))
                        .stream()
                        .filter(pointer -> pointer.attempt() == attempt.number())
                        .findFirst();
        String folder = storage.target(request.directory()) + "/";
        if (newest.isPresent() && newest.get().path().startsWith(folder)) {
            StatePointer found = newest.get();
            StatePointer known = new StatePointer(
                    found.kind(),
                    found.path(),
                    found.job(),
                    found.attempt(),
                    found.checkpointId(),
                    found.completedAt(),
                    request.flinkVersion());
            return new Outcome.Done(Evidence.of(known).with("state", "FINISHED"));
        }
        return new Outcome.Failed(
                false,
                "the cluster of the attempt is gone and left no savepoint in " + folder,
                Evidence.of("state", "GONE"));
    }

    /**
     * Deployments and pods of any attempt of the job, whoever remembers them, and resources of the
     * operator, which may make pods at any moment. A cluster whose job has ended is removed on the way,
     * as is a resource whose cluster is gone.
     */
    Proof prove(ProofRequest request) {
        try {
            SortedMap<String, Sight> found =
                    applications.namespace().look(Attempt.labels(request.key()));
            if (found.isEmpty()) {
                return nothing(request);
            }
            List<String> evidence = new ArrayList<>();
            boolean isPresent = false;
            for (Map.Entry<String, Sight> entry : found.entrySet()) {
                boolean runs = runs(entry.getValue(), request);
                isPresent |= runs;
                evidence.add(
                        runs ? entry.getKey() + " is there" : entry.getValue().removal());
            }
            return new Proof(isPresent ? Verdict.PRESENT : Verdict.UNKNOWN, evidence);
        } catch (KubeFailure e) {
            return new Proof(Verdict.UNKNOWN, List.of(e.getMessage()));
        }
    }

    /**
     * Neither deployment nor pod is there. Until the configuration is gone too, what is left of a
     * deployment, its ReplicaSet, may still make a pod that starts; afterwards none can mount it.
     */
    private Proof nothing(ProofRequest request) throws KubeFailure {
        Namespace namespace = applications.namespace();
        List<String> left = namespace.configurations(Attempt.labels(request.key()));
        if (!left.isEmpty()) {
            return new Proof(
                    Verdict.UNKNOWN,
                    List.of(
                            "a deployment is gone, and Kubernetes has not removed yet what belonged to"
                                    + " it: " + left));
        }
        int newest = request.attempts().size();
        if (newest > 0 && !namespace.deleteHighAvailability(new Attempt(request.key(), newest))) {
            return new Proof(Verdict.UNKNOWN, List.of("something of the job is there again"));
        }
        return shared.prove(
                request,
                "no deployment, no pod and no resource of the operator of the job is in namespace "
                        + namespace.name() + " at " + clock.instant());
    }

    private boolean runs(Sight sight, ProofRequest request) throws KubeFailure {
        if (sight.isEnding()) {
            return false;
        }
        int number = Json.label(sight.head().orElseThrow(), Attempt.NUMBER)
                .map(Integer::valueOf)
                .orElse(0);
        Attempt attempt = new Attempt(request.key(), number);
        if (!sight.isAbandoned() && (number < 1 || !hasEnded(attempt, sight, request))) {
            return true;
        }
        applications.remove(sight);
        return false;
    }

    private boolean hasEnded(Attempt attempt, Sight sight, ProofRequest request) {
        try {
            if (applications.result(attempt, sight).isPresent()) {
                return true;
            }
            return applications
                    .ask(attempt, request.flinkVersion())
                    .map(LiveJob::status)
                    .filter(status -> status.isGloballyTerminal())
                    .isPresent();
        } catch (RestFailure | IOException unsure) {
            return false;
        }
    }

    private Outcome waiting(String what) {
        return new Outcome.Waiting(clock.instant().plus(NEXT_LOOK), what);
    }
}
