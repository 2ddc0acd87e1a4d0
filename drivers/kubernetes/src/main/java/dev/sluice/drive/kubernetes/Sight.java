// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What is there of one attempt.
 *
 * @param deployment of the JobManager
 * @param pods of JobManager and TaskManagers
 */
record Sight(Optional<JsonNode> deployment, List<JsonNode> pods) {
    Sight {
        requireNonNull(deployment, "deployment is null");
        pods = List.copyOf(pods);
    }

    /** One of its objects, the deployment if it is there. */
    Optional<JsonNode> any() {
        return deployment.or(() -> pods.stream().findFirst());
    }

    /** Flink's name of the cluster; empty where nothing is there. */
    String clusterId() {
        return deployment
                .map(Json::name)
                .or(() -> any().flatMap(pod -> Json.label(pod, "app")))
                .orElse("");
    }

    /** Nothing runs any more, and nothing will start again. */
    boolean isGone() {
        return deployment.isEmpty() && pods.isEmpty();
    }

    /** It is being removed; what runs now ends soon. */
    boolean isEnding() {
        return deployment.map(Json::isEnding).orElse(!pods.isEmpty());
    }

    Optional<Trouble> trouble() {
        return Trouble.of(deployment.orElseGet(Json::object), pods);
    }

    boolean isJobManagerReady() {
        return pods.stream().anyMatch(pod -> isOf(pod, "jobmanager") && isReady(pod));
    }

    boolean isTaskManagerReady() {
        return pods.stream().anyMatch(pod -> isOf(pod, "taskmanager") && isReady(pod));
    }

    private static boolean isOf(JsonNode pod, String component) {
        return Json.label(pod, "component").filter(component::equals).isPresent();
    }

    private static boolean isReady(JsonNode pod) {
        for (JsonNode condition : pod.path("status").path("conditions")) {
            if (condition.path("type").asString("").equals("Ready")) {
                return condition.path("status").asString("").equals("True") && !Json.isEnding(pod);
            }
        }
        return false;
    }
}
