// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What Flink runs in a JobManager's pod: how it comes there, and how it is checked. */
sealed interface PodProgram permits SharedProgram, LoadedProgram {
    String MAIN = "flink-main-container";

    /** The file in the pod. */
    String path();

    /** The pod of a JobManager with all that the program needs before Flink starts. */
    ObjectNode into(JsonNode pod, String clusterId);

    /** What belongs to the deployment for it. */
    List<ObjectNode> objects(String clusterId);

    /** Flink's own container in the spec of a pod. */
    static JsonNode main(JsonNode spec) {
        return spec.path("containers")
                .valueStream()
                .filter(container -> container.path("name").asString("").equals(MAIN))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Flink made no main container"));
    }

    /** A container before Flink's, with its image. */
    static ObjectNode before(JsonNode main, String name) {
        ObjectNode container = Json.object();
        container.put("name", name);
        container.put("image", main.path("image").asString(""));
        container.put("imagePullPolicy", main.path("imagePullPolicy").asString("IfNotPresent"));
        // What it wrote last is what Kubernetes says of it.
        container.put("terminationMessagePolicy", "FallbackToLogsOnError");
        // Costs nothing, because they never run at once, and a quota may ask for it.
        container.set("resources", main.path("resources"));
        if (main.has("securityContext")) {
            container.set("securityContext", main.path("securityContext"));
        }
        return container;
    }
}
