// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.rest.RestFailure;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * All attempts of the namespace, as it is followed; jobs that are wanted closely are asked of their own
 * JobManager too. One that does not answer is shown as restarting, with what Kubernetes says of its
 * pods: high availability brings it back. Jobs of session clusters are what their JobManager lists.
 */
final class Observing {
    private final Applications applications;
    private final Sessions sessions;

    Observing(Applications applications, Sessions sessions) {
        this.applications = requireNonNull(applications, "applications is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
    }

    Sessions.Seen observe(Map<JobId, Integer> detailed) throws KubeFailure {
        Collection<Sight> sights = applications.namespace().overview().values();
        List<LiveJob> own = sights.parallelStream()
                .filter(sight -> sight.head().isPresent() && !sight.isEnding())
                .flatMap(sight -> observe(sight, detailed).stream())
                .toList();
        Sessions.Seen shared = sessions.observe(sights, detailed);
        List<LiveJob> jobs = new ArrayList<>(own);
        jobs.addAll(shared.jobs());
        return new Sessions.Seen(jobs, shared.problems());
    }

    private Optional<LiveJob> observe(Sight sight, Map<JobId, Integer> detailed) {
        JsonNode head = sight.head().orElseThrow();
        Optional<JobId> id = Json.label(head, Attempt.JOB_ID)
                .filter(text -> text.matches("[0-9a-f]{32}"))
                .map(JobId::new);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Optional<LiveJob> close = detailed.containsKey(id.get()) && sight.isJobManagerReady()
                ? close(head, id.get(), detailed.get(id.get()))
                : Optional.empty();
        return close.map(job -> told(job, sight)).or(() -> Optional.of(brief(sight, id.get())));
    }

    private Optional<LiveJob> close(JsonNode head, JobId id, int attempt) {
        try {
            return applications
                    .session(Json.name(head), version(head))
                    .observe(Map.of(id, attempt))
                    .stream()
                    .filter(job -> job.id().equals(id) && job.detail().isPresent())
                    .findFirst();
        } catch (RestFailure | IOException unsure) {
            return Optional.empty();
        }
    }

    /** Flink's own address is not reached from outside; trouble of pods is told, and of the operator. */
    private static LiveJob told(LiveJob job, Sight sight) {
        JobDetail detail = job.detail().orElseThrow();
        boolean isWell = detail.allVerticesRunning() || job.status().isGloballyTerminal();
        Optional<String> trouble = isWell ? Optional.empty() : sight.trouble().map(Trouble::text);
        List<String> causes = new ArrayList<>();
        sight.operated().flatMap(Operated::edited).ifPresent(causes::add);
        trouble.ifPresent(causes::add);
        detail.rootCause().ifPresent(causes::add);
        JobDetail more = detail.causedBy(
                causes.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", causes)));
        return live(
                sight.head().orElseThrow(),
                job.id(),
                job.status(),
                job.parallelism(),
                Optional.of(more));
    }

    private static LiveJob brief(Sight sight, JobId id) {
        boolean isWell = sight.isJobManagerReady() && sight.isTaskManagerReady();
        Optional<JobDetail> detail = sight.trouble()
                .filter(trouble -> !isWell)
                .map(trouble -> new JobDetail(
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        0,
                        0,
                        false,
                        0,
                        Optional.of(trouble.text())));
        JobStatus status = isWell ? JobStatus.RUNNING : JobStatus.RESTARTING;
        return live(sight.head().orElseThrow(), id, status, 0, detail);
    }

    private static LiveJob live(
            JsonNode head,
            JobId id,
            JobStatus status,
            int parallelism,
            Optional<JobDetail> detail) {
        Instant since =
                Instant.parse(head.path("metadata").path("creationTimestamp").asString(""));
        return new LiveJob(
                id,
                Json.label(head, "sluice.dev/job").orElse(Json.name(head)),
                status,
                since,
                parallelism,
                version(head),
                Entrances.address(head),
                detail);
    }

    private static String version(JsonNode head) {
        return Json.label(head, SessionIdentity.VERSION).orElse("");
    }
}
