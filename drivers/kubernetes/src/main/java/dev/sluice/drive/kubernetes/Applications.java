// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.StartRequest;
import dev.sluice.drive.rest.FlinkRest;
import dev.sluice.drive.rest.RestFailure;
import dev.sluice.drive.rest.RestLimits;
import dev.sluice.drive.rest.SessionCluster;
import dev.sluice.drive.rest.StateStorage;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.LiveJob;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** The Flink clusters of attempts: how they are spoken to, and how they are removed. */
final class Applications {
    static final RestLimits LIMITS =
            new RestLimits(Duration.ofSeconds(10), Duration.ofSeconds(10), 16 << 20);

    private final Namespace namespace;
    private final StateStorage storage;
    private final JobResults results;
    private final PodLogs logs;
    private final Clock clock;

    Applications(
            Namespace namespace,
            StateStorage storage,
            JobResults results,
            PodLogs logs,
            Clock clock) {
        this.namespace = requireNonNull(namespace, "namespace is null");
        this.storage = requireNonNull(storage, "storage is null");
        this.results = requireNonNull(results, "results is null");
        this.logs = requireNonNull(logs, "logs is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    Namespace namespace() {
        return namespace;
    }

    /** What the job of an attempt came to; empty as long as it has not ended. */
    Optional<JobResults.Result> result(Attempt attempt) throws IOException {
        return results.of(attempt);
    }

    /**
     * The same of an attempt of which something is there. After somebody has changed the operator's
     * resource the job runs again, whatever it came to before.
     */
    Optional<JobResults.Result> result(Attempt attempt, Sight sight) throws IOException {
        return sight.operated().filter(Operated::isEdited).isPresent()
                ? Optional.empty()
                : results.of(attempt);
    }

    /** Where logs of failed pods are kept. */
    String logs() {
        return logs.folder().toString();
    }

    /** The interface of the JobManager of an attempt. */
    SessionCluster session(String clusterId, String flinkVersion) throws IOException {
        FlinkRest rest = new FlinkRest(namespace.rest(clusterId), LIMITS);
        // What a JobManager does not know may still be recovered by it: absence is seen on pods.
        return new SessionCluster(rest, storage, Optional::empty, flinkVersion, clock);
    }

    /** What the JobManager says of its job; empty when it does not know it yet. */
    Optional<LiveJob> ask(Attempt attempt, String flinkVersion) throws RestFailure, IOException {
        return session(attempt.clusterId(), flinkVersion)
                .observe(Map.of(attempt.id(), attempt.number()))
                .stream()
                .filter(job -> job.id().equals(attempt.id()))
                .findFirst();
    }

    /** What is there of another attempt of the job, or of the one it inherits from, in words. */
    Optional<String> company(StartRequest request) throws KubeFailure {
        for (JobKey key : request.keys()) {
            SortedMap<String, Sight> others = namespace.look(Attempt.labels(key));
            Optional<String> other = others.keySet().stream()
                    .filter(name -> isOther(request, key, others.get(name)))
                    .findFirst();
            if (other.isPresent()) {
                return Optional.of("another attempt is still there: " + other.get()
                        + "; nothing is created beside it");
            }
        }
        return Optional.empty();
    }

    private static boolean isOther(StartRequest request, JobKey key, Sight sight) {
        return sight.objects()
                .map(object -> Json.label(object, Attempt.JOB_ID))
                .anyMatch(id ->
                        id.map(hex -> request.isOther(key, new JobId(hex))).orElse(true));
    }

    /** Removes the cluster, after the logs of what failed in it were kept. */
    void remove(Sight sight) throws KubeFailure {
        if (sight.head().filter(head -> !Json.isEnding(head)).isEmpty()) {
            return;
        }
        logs.keep(namespace, sight.pods());
        if (sight.operated().isPresent()) {
            namespace.operated().delete(sight.operated().get());
        } else {
            namespace.delete(sight.deployment().orElseThrow());
        }
    }
}
