// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.rest.ClusterProcesses;
import dev.sluice.drive.rest.FlinkRest;
import dev.sluice.drive.rest.RestFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What the pods of a session cluster say of TaskManagers that may work for an earlier JobManager. None
 * does when there is one JobManager only, in whatever state, and its container
 *
 * <ul>
 *   <li>has no TaskManager beside it now, or had none when it was looked at before: all that have come
 *       since are its own;
 *   <li>or runs for longer than TaskManagers go on without their JobManager, by the clock of its node,
 *       which may differ by a minute.
 * </ul>
 */
final class SessionProcesses implements ClusterProcesses {
    private static final Duration MARGIN = Duration.ofSeconds(65);

    private final Namespace namespace;
    private final String clusterId;
    private final FlinkRest rest;
    private final Clock clock;
    private String alone = "";

    SessionProcesses(Namespace namespace, String clusterId, FlinkRest rest, Clock clock) {
        this.namespace = requireNonNull(namespace, "namespace is null");
        this.clusterId = requireNonNull(clusterId, "clusterId is null");
        this.rest = requireNonNull(rest, "rest is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public synchronized Optional<String> orphansExcluded() {
        try {
            TreeMap<String, String> labels = new TreeMap<>(Attempt.managed());
            labels.put("app", clusterId);
            List<JsonNode> pods = namespace.pods(labels);
            return judge(pods, rest.jobManager().heartbeatTimeout());
        } catch (KubeFailure | RestFailure unsure) {
            return Optional.empty();
        }
    }

    /** What these pods of the session cluster prove, and what was seen of it before. */
    synchronized Optional<String> judge(List<JsonNode> pods, Duration heartbeatTimeout) {
        Optional<JsonNode> only = onlyJobManager(pods);
        if (only.isEmpty()) {
            return Optional.empty();
        }
        String id = only.get().path("containerID").asString("");
        String began =
                only.get().path("state").path("running").path("startedAt").asString("");
        if (pods.stream().noneMatch(pod -> isOf(pod, "taskmanager"))) {
            alone = id;
        }
        boolean isOld = !began.isEmpty()
                && Instant.parse(began)
                        .plus(heartbeatTimeout)
                        .plus(MARGIN)
                        .isBefore(clock.instant());
        return !id.isEmpty() && (id.equals(alone) || isOld)
                ? Optional.of("container " + id + " is the only JobManager of " + clusterId
                        + " since " + began + ", and no TaskManager works for an earlier one")
                : Optional.empty();
    }

    /** Its container, while it runs and there is no other, not even one that is ending. */
    private static Optional<JsonNode> onlyJobManager(List<JsonNode> pods) {
        List<JsonNode> managers =
                pods.stream().filter(pod -> isOf(pod, "jobmanager")).toList();
        if (managers.size() != 1 || Json.isEnding(managers.get(0))) {
            return Optional.empty();
        }
        return managers.get(0)
                .path("status")
                .path("containerStatuses")
                .valueStream()
                .filter(status -> status.path("name").asString("").equals("flink-main-container"))
                .filter(status -> status.path("state").hasNonNull("running"))
                .findFirst();
    }

    private static boolean isOf(JsonNode pod, String component) {
        return Json.label(pod, "component").filter(component::equals).isPresent();
    }
}
