// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Keeps the end of the logs of pods that failed, because they go with the pod. */
final class PodLogs {
    private final Path folder;

    PodLogs(Path directory) {
        this.folder = directory.resolve("pod-logs");
    }

    Path folder() {
        return folder;
    }

    /** Best effort: a log that cannot be had hinders nothing. */
    void keep(Namespace namespace, List<JsonNode> pods) {
        for (JsonNode pod : pods) {
            for (String list : List.of("initContainerStatuses", "containerStatuses")) {
                pod.path("status")
                        .path(list)
                        .forEach(container -> keep(namespace, Json.name(pod), container));
            }
        }
    }

    private void keep(Namespace namespace, String pod, JsonNode container) {
        int restarts = container.path("restartCount").asInt(0);
        boolean hasFailed = restarts > 0
                || container.path("state").path("terminated").path("exitCode").asInt(0) != 0;
        if (!hasFailed) {
            return;
        }
        String name = container.path("name").asString("");
        Path file = folder.resolve(pod + "-" + name + "-" + restarts + ".log");
        if (Files.exists(file)) {
            return;
        }
        try {
            String log = namespace.log(pod, name, restarts > 0);
            Files.createDirectories(folder);
            Files.writeString(file, log);
        } catch (KubeFailure | IOException unsuccessful) {
            // The pod itself is what matters; it is told about by its events.
            return;
        }
    }
}
