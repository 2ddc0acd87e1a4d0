// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.StartRequest;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.isolation.NativeCluster;
import dev.sluice.drive.rest.Submission;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.observed.RestoreFrom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The resource by which the Flink Kubernetes Operator runs one attempt, and nothing more: it starts the
 * job once, from the state that Sluice names, and leaves all later decisions to Sluice. Whoever edits it
 * can at worst restart the same job from its newest checkpoint.
 */
final class OperatorResource {
    /** What the operator may not do by itself, whatever its own defaults are. */
    static final SortedMap<String, String> DECIDES_NOTHING = new TreeMap<>(Map.ofEntries(
            Map.entry("kubernetes.operator.job.restart.failed", "false"),
            Map.entry("kubernetes.operator.jm-deployment-recovery.enabled", "false"),
            Map.entry("kubernetes.operator.cluster.health-check.enabled", "false"),
            Map.entry("kubernetes.operator.deployment.rollback.enabled", "false"),
            Map.entry("kubernetes.operator.savepoint.cleanup.enabled", "false"),
            Map.entry("kubernetes.operator.job.savepoint-on-deletion", "false"),
            Map.entry("kubernetes.operator.periodic.savepoint.interval", "0"),
            Map.entry("kubernetes.operator.periodic.checkpoint.interval", "0"),
            // A job that has ended is looked at by Sluice, however long that is away.
            Map.entry("kubernetes.operator.jm-deployment.shutdown-ttl", "3650 d"),
            Map.entry("job.autoscaler.enabled", "false")));

    private static final String PULL_POLICY = "kubernetes.container.image.pull-policy";
    private static final String REPLICAS = "kubernetes.jobmanager.replicas";

    /** What fields of the resource say, or the operator itself; some of it is refused here. */
    private static final Set<String> OF_FIELDS = new TreeSet<>(List.of(
            "blob.server.port",
            "execution.target",
            "high-availability.cluster-id",
            "high-availability.jobmanager.port",
            "internal.cluster.execution-mode",
            "kubernetes.cluster-id",
            "kubernetes.internal.jobmanager.entrypoint.class",
            "kubernetes.namespace",
            "kubernetes.service-account",
            "parallelism.default",
            "pipeline.jars",
            "rest.bind-port",
            "taskmanager.rpc.port",
            PULL_POLICY,
            REPLICAS));

    private final FlinkRelease release;

    OperatorResource(FlinkRelease release) {
        this.release = requireNonNull(release, "release is null");
    }

    /**
     * @param keys Flink's configuration where Sluice creates the objects
     * @param made those objects; what Sluice added to their pods is taken over
     */
    JsonNode of(
            StartRequest request,
            Submission submission,
            SortedMap<String, String> keys,
            NativeCluster made) {
        JobSpec spec = request.job().spec();
        JsonNode deployment = Json.read(made.deployment());
        ObjectNode resource = Json.object()
                .put("apiVersion", FlinkDeployments.API_VERSION)
                .put("kind", Operated.KIND);
        ObjectNode metadata = resource.putObject("metadata")
                .put("name", new Attempt(spec.key(), request.attempt()).clusterId());
        for (String field : List.of("labels", "annotations")) {
            metadata.set(field, deployment.path("metadata").path(field));
        }
        ObjectNode cluster = resource.putObject("spec")
                .put("mode", "native")
                .put("image", keys.get(release.key("kubernetes.container.image.ref")))
                .put("imagePullPolicy", keys.get(PULL_POLICY))
                .put("flinkVersion", "v" + spec.flink().version().replace('.', '_'))
                .put("serviceAccount", keys.get("kubernetes.service-account"));
        configuration(keys).forEach(cluster.putObject("flinkConfiguration")::put);
        cluster.putObject("logConfiguration")
                .put("log4j-console.properties", ApplicationObjects.LOGGING);
        pods(cluster, spec, deployment, keys);
        job(cluster.putObject("job"), request, submission, keys);
        return resource;
    }

    private SortedMap<String, String> configuration(SortedMap<String, String> keys) {
        TreeMap<String, String> left = new TreeMap<>(keys);
        left.keySet().removeAll(OF_FIELDS);
        left.remove(release.key("kubernetes.container.image.ref"));
        left.remove(release.key("execution.state-recovery.path"));
        left.remove(release.key("execution.state-recovery.ignore-unclaimed-state"));
        left.putAll(DECIDES_NOTHING);
        return left;
    }

    private static void pods(
            ObjectNode cluster, JobSpec spec, JsonNode deployment, SortedMap<String, String> keys) {
        // Each has a whole template: the operator lays two over each other by places in lists.
        JsonNode template = ApplicationObjects.named(ApplicationObjects.template(spec));
        cluster.putObject("jobManager")
                .put("replicas", Integer.parseInt(keys.getOrDefault(REPLICAS, "1")))
                .set("podTemplate", Json.merge(template, before(template, deployment)));
        cluster.putObject("taskManager").set("podTemplate", template);
    }

    /** The containers that Sluice runs before the JobManager, with the volumes that the job has. */
    private static JsonNode before(JsonNode template, JsonNode deployment) {
        Set<String> volumes = names(template.at("/spec/volumes"));
        Set<String> known = names(template.at("/spec/initContainers"));
        ObjectNode pod = Json.object();
        ArrayNode containers = pod.putObject("spec").putArray("initContainers");
        deployment.at("/spec/template/spec/initContainers").forEach(container -> {
            if (!known.contains(container.path("name").asString(""))) {
                ObjectNode ours = container.asObject().deepCopy();
                ArrayNode mounts = ours.putArray("volumeMounts");
                container.path("volumeMounts").forEach(mount -> {
                    // Flink's own volumes are made later, by the Flink of the operator.
                    if (volumes.contains(mount.path("name").asString(""))) {
                        mounts.add(mount);
                    }
                });
                containers.add(ours);
            }
        });
        return pod;
    }

    private static Set<String> names(JsonNode list) {
        return list.valueStream()
                .map(entry -> entry.path("name").asString(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void job(
            ObjectNode job,
            StartRequest request,
            Submission submission,
            SortedMap<String, String> keys) {
        JobSpec spec = request.job().spec();
        job.put("jarURI", keys.get("pipeline.jars"))
                .put("parallelism", spec.resources().parallelism())
                .put("state", "running")
                .put("upgradeMode", "last-state");
        submission.mainClass().ifPresent(name -> job.put("entryClass", name));
        submission.arguments().forEach(job.withArray("args")::add);
        if (request.from() instanceof RestoreFrom.State state) {
            job.put("initialSavepointPath", state.pointer().path())
                    .put("allowNonRestoredState", spec.upgrade().allowNonRestoredState());
        }
    }
}
