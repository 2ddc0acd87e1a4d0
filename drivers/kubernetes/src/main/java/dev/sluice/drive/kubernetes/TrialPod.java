// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import dev.sluice.spec.JobKey;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a JobManager's pod does before Flink starts, as a pod of its own: it has no label by which it
 * could be taken for a part of an attempt, and asks for little.
 */
final class TrialPod {
    static final String CONTENT = "sluice.dev/content";
    private static final int LONGEST_SECONDS = 600;
    private static final String RESOURCES = "{\"requests\":{\"cpu\":\"50m\",\"memory\":\"128Mi\"},"
            + "\"limits\":{\"cpu\":\"1\",\"memory\":\"256Mi\"}}";

    private TrialPod() {}

    static String name(JobKey key) {
        return new Attempt(key, 1).jobName() + "-trial";
    }

    /** Whether a pod of that name is one of these. */
    static boolean isOurs(JsonNode pod, JobKey key) {
        return Json.hasLabels(pod, labels(key));
    }

    /** What it was made for. */
    static String content(JsonNode pod) {
        return pod.path("metadata").path("annotations").path(CONTENT).asString("");
    }

    /**
     * The pod that stands for those of an attempt.
     *
     * @param deployment of the attempt, which is never made
     * @param content what it is made for
     */
    static ObjectNode of(JsonNode deployment, JobKey key, String content) {
        ObjectNode spec = deployment.at("/spec/template/spec").asObject().deepCopy();
        ObjectNode pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = pod.putObject("metadata").put("name", name(key));
        metadata.putObject("annotations").put(CONTENT, content);
        labels(key).forEach(metadata.putObject("labels")::put);
        pod.set("spec", spec);
        spec.put("restartPolicy", "Never");
        spec.put("activeDeadlineSeconds", LONGEST_SECONDS);
        List<JsonNode> before = spec.path("initContainers").valueStream().toList();
        spec.putArray("initContainers");
        spec.putArray("containers");
        for (JsonNode container : before) {
            boolean isLoading = container.path("name").asString("").equals(LoadedProgram.LOADING);
            ObjectNode kept = container.asObject().deepCopy();
            if (isLoading) {
                kept.set("resources", Json.read(RESOURCES));
            }
            spec.withArray(isLoading ? "containers" : "initContainers").add(kept);
        }
        keepMounted(spec, Json.name(deployment), name(key));
        return pod;
    }

    /** Volumes of Flink's are made with an attempt, and a pod would wait for them. */
    private static void keepMounted(ObjectNode spec, String clusterId, String name) {
        Set<String> mounted = spec.findValues("volumeMounts").stream()
                .flatMap(JsonNode::valueStream)
                .map(mount -> mount.path("name").asString(""))
                .collect(Collectors.toSet());
        List<JsonNode> volumes = spec.path("volumes").valueStream().toList();
        spec.putArray("volumes");
        for (JsonNode volume : volumes) {
            if (mounted.contains(volume.path("name").asString(""))) {
                spec.withArray("volumes")
                        .add(renamed(volume.asObject().deepCopy(), clusterId, name));
            }
        }
    }

    /** A ConfigMap of ours has the pod's name in it instead of the attempt's. */
    private static ObjectNode renamed(ObjectNode volume, String clusterId, String name) {
        for (String object : List.of(LoadedProgram.OBJECT, ResolvConf.OBJECT)) {
            if (volume.at("/configMap/name").asString("").equals(object + clusterId)) {
                volume.withObject("configMap").put("name", object + name);
            }
        }
        return volume;
    }

    /** None that an attempt is looked for by. */
    private static SortedMap<String, String> labels(JobKey key) {
        TreeMap<String, String> labels = new TreeMap<>(Attempt.labels(key));
        labels.put("app.kubernetes.io/managed-by", "sluice-trial");
        return labels;
    }
}
