// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A whole {@code /etc/resolv.conf} for all pods of a Flink cluster, from {@code dns: {resolvConf: ...}}.
 * A mounted file stays as it was when its container started, so another text is for the next attempt.
 */
final class ResolvConf {
    static final String OBJECT = "sluice-dns-";
    private static final String OPTION = "dns.resolvConf";
    private static final String VOLUME = "sluice-dns";
    private static final String FILE = "resolv.conf";
    private static final String PATH = "/etc/resolv.conf";

    private ResolvConf() {}

    /** A pod template that has the file where the options say so. */
    static JsonNode into(JsonNode template, SortedMap<String, String> options, String clusterId) {
        if (!options.containsKey(OPTION)) {
            return template;
        }
        ObjectNode pod = Json.object();
        ObjectNode spec = pod.putObject("spec");
        ObjectNode main = spec.putArray("containers").addObject().put("name", PodProgram.MAIN);
        main.putArray("volumeMounts")
                .addObject()
                .put("name", VOLUME)
                .put("mountPath", PATH)
                .put("subPath", FILE)
                .put("readOnly", true);
        ObjectNode volume = spec.putArray("volumes").addObject().put("name", VOLUME);
        volume.putObject("configMap").put("name", OBJECT + clusterId);
        return Json.merge(template, pod);
    }

    /** How a container has the file; another before it needs it as well. */
    static Optional<JsonNode> mount(JsonNode container) {
        return container
                .path("volumeMounts")
                .valueStream()
                .filter(mount -> mount.path("mountPath").asString("").equals(PATH))
                .findFirst();
    }

    /** What belongs to the deployment for it. */
    static List<ObjectNode> objects(SortedMap<String, String> options, String clusterId) {
        String text = options.get(OPTION);
        if (text == null) {
            return List.of();
        }
        ObjectNode map = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata").put("name", OBJECT + clusterId);
        map.putObject("data").put(FILE, text.endsWith("\n") ? text : text + "\n");
        return List.of(map);
    }
}
