// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What stands in the way of pods, in the words of Kubernetes itself.
 *
 * @param text for people
 * @param isForGood waiting will not help: the image has no such name, the container keeps ending
 */
record Trouble(String text, boolean isForGood) {
    private static final int RESTARTS = 3;
    private static final Set<String> HARMLESS =
            new TreeSet<>(List.of("ContainerCreating", "PodInitializing"));
    private static final Set<String> HOPELESS =
            new TreeSet<>(List.of("InvalidImageName", "ErrImageNeverPull", "ImageInspectError"));

    /** Both in one text. */
    Trouble and(Trouble other) {
        return new Trouble(text + "; " + other.text, isForGood || other.isForGood);
    }

    /** The gravest of a deployment and its pods. */
    static Optional<Trouble> of(JsonNode deployment, List<JsonNode> pods) {
        List<Trouble> found = new ArrayList<>();
        for (JsonNode condition : deployment.path("status").path("conditions")) {
            if (is(condition, "ReplicaFailure", "True")) {
                found.add(new Trouble(
                        "no pod can be made: " + condition.path("message").asString(""), false));
            }
        }
        pods.forEach(pod -> found.addAll(of(pod)));
        return found.stream()
                .filter(Trouble::isForGood)
                .findFirst()
                .or(() -> found.stream().findFirst());
    }

    private static List<Trouble> of(JsonNode pod) {
        List<Trouble> found = new ArrayList<>();
        String name = "pod " + Json.name(pod);
        JsonNode status = pod.path("status");
        boolean hasFailed = status.path("phase").asString("").equals("Failed");
        String reason = status.path("reason").asString("");
        if (hasFailed && !reason.isEmpty()) {
            String why = reason + " " + status.path("message").asString("");
            found.add(new Trouble(name + ": " + why.strip(), false));
        }
        for (JsonNode condition : status.path("conditions")) {
            if (is(condition, "PodScheduled", "False")) {
                found.add(new Trouble(
                        name + " has no node: " + condition.path("message").asString(""), false));
            }
        }
        for (String list : List.of("initContainerStatuses", "containerStatuses")) {
            status.path(list).forEach(container -> of(name, container).ifPresent(found::add));
        }
        if (hasFailed && found.isEmpty()) {
            found.add(new Trouble(name + ": failed", false));
        }
        return found;
    }

    private static Optional<Trouble> of(String pod, JsonNode container) {
        if (hasOtherBytes(container)) {
            return Optional.of(
                    new Trouble(pod + ": its container " + ended(container).orElseThrow(), true));
        }
        JsonNode waiting = container.path("state").path("waiting");
        String reason = waiting.path("reason").asString("");
        Optional<String> ended = ended(container);
        int restarts = container.path("restartCount").asInt(0);
        if (reason.isEmpty() || HARMLESS.contains(reason)) {
            return ended.map(how -> new Trouble(
                    pod + ": its container " + how + ", " + restarts + " restarts", false));
        }
        String text = pod + ": " + reason + " " + waiting.path("message").asString("")
                + ended.map(how -> "; before, its container " + how).orElse("");
        return Optional.of(new Trouble(
                text.strip(),
                HOPELESS.contains(reason) || ended.isPresent() && restarts >= RESTARTS));
    }

    /** A jar is there and is another one: it does not become the right one by loading it again. */
    private static boolean hasOtherBytes(JsonNode container) {
        return container.path("name").asString("").equals(LoadedProgram.LOADING)
                && Stream.of("state", "lastState")
                        .map(state -> container.path(state).path("terminated"))
                        .anyMatch(
                                end -> end.path("exitCode").asInt(0) == LoadedProgram.OTHER_BYTES);
    }

    private static Optional<String> ended(JsonNode container) {
        return Stream.of("lastState", "state")
                .map(state -> container.path(state).path("terminated"))
                .filter(JsonNode::isObject)
                .filter(terminated -> terminated.path("exitCode").asInt(0) != 0)
                .findFirst()
                .map(Trouble::said);
    }

    private static String said(JsonNode terminated) {
        String message = terminated.path("message").asString("").strip();
        return "ended with code " + terminated.path("exitCode").asInt(0) + " ("
                + terminated.path("reason").asString("Error") + ")"
                + (message.isEmpty() ? "" : ": " + message);
    }

    private static boolean is(JsonNode condition, String type, String status) {
        return condition.path("type").asString("").equals(type)
                && condition.path("status").asString("").equals(status);
    }
}
