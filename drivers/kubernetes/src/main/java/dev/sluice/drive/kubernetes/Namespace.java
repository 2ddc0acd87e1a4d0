// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.isolation.NativeCluster;
import dev.sluice.drive.kubernetes.KubeFailure.Kind;
import dev.sluice.drive.rest.RestAccess;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Objects of attempts in one namespace. */
final class Namespace implements AutoCloseable {
    /** How Flink names the ConfigMap that every pod of a cluster mounts. */
    private static final String CONFIGURATION = "flink-config-";

    private final KubeApi api;
    private final String name;
    private final FlinkDeployments operated;
    private final Followed deployments;
    private final Followed pods;

    Namespace(KubeApi api, String name, Clock clock) {
        this.api = requireNonNull(api, "api is null");
        this.name = requireNonNull(name, "name is null");
        String selector = "?labelSelector=" + Attempt.selector(Attempt.managed());
        this.operated = new FlinkDeployments(api, name, clock);
        this.deployments = new Followed(api, apps("deployments") + selector, clock);
        this.pods = new Followed(api, core("pods") + selector, clock);
    }

    String name() {
        return name;
    }

    /** What the operator runs. */
    FlinkDeployments operated() {
        return operated;
    }

    /**
     * All that Sluice made, as far as the API server has told by now: what each attempt has, by its
     * cluster id. Costs one small request, whose answer says that the server is there at all.
     */
    SortedMap<String, Sight> overview() throws KubeFailure {
        deployment("sluice");
        return sights(operated.overview(), deployments.look(), pods.look());
    }

    /** All that is there now with these labels: what each attempt has, by its cluster id. */
    SortedMap<String, Sight> look(SortedMap<String, String> labels) throws KubeFailure {
        String selector = "?labelSelector=" + Attempt.selector(labels);
        // In this order: what is not there any more when it is asked for makes nothing afterwards.
        return sights(
                operated.look(labels),
                Json.items(api.get(apps("deployments") + selector)),
                Json.items(api.get(core("pods") + selector)));
    }

    /** All pods that are there now with these labels. */
    List<JsonNode> pods(SortedMap<String, String> labels) throws KubeFailure {
        return Json.items(api.get(core("pods?labelSelector=" + Attempt.selector(labels))));
    }

    private static SortedMap<String, Sight> sights(
            List<Operated> operated, List<JsonNode> deployments, List<JsonNode> pods) {
        TreeMap<String, Sight> found = new TreeMap<>();
        for (Operated resource : operated) {
            Sight sight = new Sight(Optional.of(resource), Optional.empty(), List.of());
            found.put(resource.name(), sight);
        }
        for (JsonNode deployment : deployments) {
            Sight sight = new Sight(Optional.of(deployment), List.of());
            found.merge(Json.name(deployment), sight, Sight::and);
        }
        for (JsonNode pod : pods) {
            Sight sight = new Sight(Optional.empty(), List.of(pod));
            found.merge(Json.label(pod, "app").orElse(""), sight, Sight::and);
        }
        return found;
    }

    Sight look(Attempt attempt) throws KubeFailure {
        return look(attempt.labels()).getOrDefault(attempt.clusterId(), Sight.NOTHING);
    }

    /** Resource and deployment of that name, whoever made them; no pods. */
    Sight named(String clusterId) throws KubeFailure {
        return new Sight(operated.find(clusterId), deployment(clusterId), List.of());
    }

    /** The pod of that name, whoever made it. */
    Optional<JsonNode> pod(String pod) throws KubeFailure {
        return api.find(core("pods/" + pod));
    }

    /** Creates a pod that belongs to no attempt. */
    JsonNode createPod(JsonNode pod) throws KubeFailure {
        return api.create(core("pods"), pod);
    }

    boolean lacksMap(String map) throws KubeFailure {
        return api.find(core("configmaps/" + map)).isEmpty();
    }

    /** Creates ConfigMaps that a pod waits for, unless they are there; they are removed with it. */
    void createMaps(List<ObjectNode> maps, JsonNode pod) throws KubeFailure {
        for (ObjectNode map : maps) {
            own(map, pod, "v1", "Pod", new TreeMap<>());
            createUnless("configmaps", map);
        }
    }

    private void createUnless(String kind, JsonNode object) throws KubeFailure {
        try {
            api.create(core(kind), object);
        } catch (KubeFailure e) {
            if (e.kind() != Kind.CONFLICT) {
                throw e;
            }
        }
    }

    /** Removes this very pod. */
    void deletePod(JsonNode pod) throws KubeFailure {
        ObjectNode options = Json.object().put("gracePeriodSeconds", 0);
        options.putObject("preconditions").put("uid", Json.uid(pod));
        api.delete(core("pods/" + Json.name(pod)), options);
    }

    /** The deployment of that name, whoever made it. */
    Optional<JsonNode> deployment(String clusterId) throws KubeFailure {
        return api.find(apps("deployments/" + clusterId));
    }

    /**
     * Creates the deployment, which is the fence: there can be only one of its name.
     *
     * @throws KubeFailure CONFLICT when there is one
     */
    JsonNode create(JsonNode deployment) throws KubeFailure {
        try {
            return api.create(apps("deployments"), deployment);
        } finally {
            deployments.doubt();
        }
    }

    /** Whether the deployment would be taken; one that is there already is no objection. */
    void rehearse(JsonNode deployment) throws KubeFailure {
        try {
            api.create(apps("deployments?dryRun=All"), deployment);
        } catch (KubeFailure e) {
            if (e.kind() != Kind.CONFLICT) {
                throw e;
            }
        }
    }

    /** Creates what belongs to the deployment and is not there, to be removed with it. */
    void complete(JsonNode deployment, NativeCluster cluster, SortedMap<String, String> labels)
            throws KubeFailure {
        for (String resource : cluster.resources()) {
            ObjectNode object = Json.read(resource);
            own(object, deployment, labels);
            String kind = object.path("kind").asString("");
            createUnless(kind.equals("Service") ? "services" : "configmaps", object);
        }
    }

    /** Somebody died between the deployment and what belongs to it. */
    boolean lacksConfiguration(String clusterId) throws KubeFailure {
        return configuration(clusterId).isEmpty() || service(clusterId).isEmpty();
    }

    /** Of a deployment that was removed, with which it goes after a while: its pods would mount it. */
    boolean hasConfiguration(String clusterId) throws KubeFailure {
        return configuration(clusterId).isPresent()
                || service(clusterId).isPresent()
                || api.find(core("configmaps/" + LoadedProgram.OBJECT + clusterId))
                        .isPresent();
    }

    private Optional<JsonNode> configuration(String clusterId) throws KubeFailure {
        return api.find(core("configmaps/" + CONFIGURATION + clusterId));
    }

    private Optional<JsonNode> service(String clusterId) throws KubeFailure {
        return api.find(core("services/" + clusterId + "-rest"));
    }

    /** Whether the API server would take an ingress. */
    void rehearseIngress(JsonNode ingress) throws KubeFailure {
        api.apply(ingresses(ingress), ingress, true);
    }

    /**
     * Makes an ingress, or makes it what it shall be now; it goes with the deployment.
     *
     * @throws KubeFailure CONFLICT when somebody else has decided what is decided here
     */
    void apply(ObjectNode ingress, JsonNode deployment, Attempt attempt) throws KubeFailure {
        own(ingress, deployment, attempt.labels());
        api.apply(ingresses(ingress), ingress, false);
    }

    private String ingresses(JsonNode ingress) {
        return "/apis/networking.k8s.io/v1/namespaces/" + name + "/ingresses/" + Json.name(ingress);
    }

    private static void own(
            ObjectNode object, JsonNode deployment, SortedMap<String, String> labels) {
        own(object, deployment, "apps/v1", "Deployment", labels);
    }

    private static void own(
            ObjectNode object,
            JsonNode owner,
            String version,
            String kind,
            SortedMap<String, String> labels) {
        ObjectNode metadata = object.withObject("metadata");
        labels.forEach(metadata.withObject("labels")::put);
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", version)
                .put("kind", kind)
                .put("name", Json.name(owner))
                .put("uid", Json.uid(owner))
                .put("controller", true)
                .put("blockOwnerDeletion", kind.equals("Deployment"));
    }

    /** Asks for the end of the deployment of this very uid, and of all that it owns. */
    void delete(JsonNode deployment) throws KubeFailure {
        ObjectNode options = Json.object().put("propagationPolicy", "Background");
        options.putObject("preconditions")
                .put("uid", deployment.path("metadata").path("uid").asString(""));
        try {
            api.delete(apps("deployments/" + Json.name(deployment)), options);
        } finally {
            deployments.doubt();
        }
    }

    /**
     * Removes the leaders' and the jobs' ConfigMaps of an attempt. They are listed before it is looked
     * whether the attempt is gone, so that none is removed of one that came back meanwhile.
     *
     * @return false when something of the attempt is there
     */
    boolean deleteHighAvailability(Attempt attempt) throws KubeFailure {
        List<JsonNode> left = highAvailability(attempt.clusterId());
        boolean isGone = left.isEmpty() || look(attempt).isGone();
        if (isGone) {
            deleteUnchanged(left);
        }
        return isGone;
    }

    /** Configuration of deployments of ours with these labels, with which it is removed after a while. */
    List<String> configurations(SortedMap<String, String> labels) throws KubeFailure {
        String selector = "?labelSelector=" + Attempt.selector(labels);
        return Json.items(api.get(core("configmaps") + selector)).stream()
                .map(Json::name)
                .filter(found -> found.startsWith(CONFIGURATION))
                .toList();
    }

    /** The leaders' and the jobs' ConfigMaps of a cluster; there are none before its first leader. */
    List<JsonNode> highAvailability(String clusterId) throws KubeFailure {
        TreeMap<String, String> labels = new TreeMap<>();
        labels.put("app", clusterId);
        labels.put("type", "flink-native-kubernetes");
        labels.put("configmap-type", "high-availability");
        String selector = "?labelSelector=" + Attempt.selector(labels);
        return Json.items(api.get(core("configmaps") + selector));
    }

    /**
     * Removes ConfigMaps that nobody has written to since they were listed.
     *
     * @throws KubeFailure CONFLICT for one that somebody has
     */
    void deleteUnchanged(List<JsonNode> maps) throws KubeFailure {
        for (JsonNode map : maps) {
            JsonNode metadata = map.path("metadata");
            ObjectNode options = Json.object();
            options.putObject("preconditions")
                    .put("uid", metadata.path("uid").asString(""))
                    .put("resourceVersion", metadata.path("resourceVersion").asString(""));
            api.delete(core("configmaps/" + Json.name(map)), options);
        }
    }

    /** Warnings about one object, newest last. */
    List<String> warnings(String object) throws KubeFailure {
        List<String> texts = new ArrayList<>();
        String selector = "?fieldSelector=type%3DWarning,involvedObject.name%3D" + object;
        for (JsonNode event : Json.items(api.get(core("events") + selector))) {
            texts.add(event.path("reason").asString("") + ": "
                    + event.path("message").asString(""));
        }
        return texts;
    }

    /** The end of what a container wrote; before its last restart, when it had one. */
    String log(String pod, String container, boolean isOfBefore) throws KubeFailure {
        return api.text(core("pods/" + pod + "/log") + "?container=" + container + "&tailLines=1000"
                + (isOfBefore ? "&previous=true" : ""));
    }

    /** The way to a JobManager's REST interface: the API server passes it on. */
    RestAccess rest(String clusterId) throws IOException {
        URI base = URI.create(
                api.access().server() + core("services/" + clusterId + "-rest:rest/proxy"));
        return new RestAccess(base, api.access().authorization(), api.access().tls());
    }

    /** Ends what follows the namespace. */
    @Override
    public void close() {
        operated.close();
        deployments.close();
        pods.close();
    }

    private String apps(String rest) {
        return "/apis/apps/v1/namespaces/" + name + "/" + rest;
    }

    private String core(String rest) {
        return "/api/v1/namespaces/" + name + "/" + rest;
    }
}
