// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What is there of one attempt.
 *
 * @param operated the resource that the operator makes the rest of; empty where Sluice made it
 * @param deployment of the JobManager
 * @param pods of JobManager and TaskManagers
 */
record Sight(Optional<Operated> operated, Optional<JsonNode> deployment, List<JsonNode> pods) {
    static final Sight NOTHING = new Sight(Optional.empty(), List.of());

    Sight {
        requireNonNull(operated, "operated is null");
        requireNonNull(deployment, "deployment is null");
        pods = List.copyOf(pods);
    }

    /** Without an operator. */
    Sight(Optional<JsonNode> deployment, List<JsonNode> pods) {
        this(Optional.empty(), deployment, pods);
    }

    /** Both of what is there of the same attempt. */
    Sight and(Sight other) {
        return new Sight(
                operated.or(other::operated),
                deployment.or(other::deployment),
                Stream.concat(pods.stream(), other.pods.stream()).toList());
    }

    /** The object with which all others go. */
    Optional<JsonNode> head() {
        return operated.map(Operated::object).or(() -> deployment);
    }

    /** All of its objects, the head first. */
    Stream<JsonNode> objects() {
        return Stream.of(
                        operated.map(Operated::object).stream(), deployment.stream(), pods.stream())
                .flatMap(objects -> objects);
    }

    /** One of its objects, the head if it is there. */
    Optional<JsonNode> any() {
        return objects().findFirst();
    }

    /** A resource or a deployment that was made for something else. */
    Optional<JsonNode> without(SortedMap<String, String> labels) {
        return Stream.concat(operated.map(Operated::object).stream(), deployment.stream())
                .filter(object -> !Json.hasLabels(object, labels))
                .findFirst();
    }

    /** Flink's name of the cluster; empty where nothing is there. */
    String clusterId() {
        return head().map(Json::name)
                .or(() -> any().flatMap(pod -> Json.label(pod, "app")))
                .orElse("");
    }

    /** Nothing runs any more, and nothing will start again. */
    boolean isGone() {
        return head().isEmpty() && pods.isEmpty();
    }

    /** It is being removed; what runs now ends soon. */
    boolean isEnding() {
        return operated.isEmpty() && deployment.filter(Sight::isOwned).isPresent()
                || head().map(Json::isEnding).orElse(!pods.isEmpty());
    }

    /** What a removal waits for, in words. */
    String removal() {
        return operated.isPresent()
                ? Operated.KIND + " " + clusterId() + " is being removed by the Flink Kubernetes"
                        + " Operator; without it that does not end"
                : "the cluster " + clusterId() + " is being removed";
    }

    /** A deployment that goes with the operator's resource, which is looked for before it. */
    private static boolean isOwned(JsonNode deployment) {
        return deployment
                .path("metadata")
                .path("ownerReferences")
                .valueStream()
                .anyMatch(owner -> owner.path("kind").asString("").equals(Operated.KIND));
    }

    /** A resource whose cluster somebody has removed: the operator does not make it again. */
    boolean isAbandoned() {
        return deployment.isEmpty()
                && pods.isEmpty()
                && operated.filter(Operated::isAbandoned).isPresent()
                && !isEnding();
    }

    /** What Kubernetes says, and what the operator does. */
    Optional<Trouble> trouble() {
        Optional<Trouble> ofPods = Trouble.of(deployment.orElseGet(Json::object), pods);
        Optional<Trouble> ofOperator =
                operated.flatMap(resource -> resource.trouble(deployment.isPresent()));
        return ofPods.isPresent() && ofOperator.isPresent()
                ? Optional.of(ofPods.get().and(ofOperator.get()))
                : ofPods.or(() -> ofOperator);
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
