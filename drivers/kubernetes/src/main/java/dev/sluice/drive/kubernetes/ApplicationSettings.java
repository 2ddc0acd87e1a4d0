// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import dev.sluice.drive.StartRequest;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.rest.Submission;
import dev.sluice.spec.ClusterBasics;
import dev.sluice.spec.Resources;
import dev.sluice.spec.Resources.Process;
import dev.sluice.spec.RuntimeOptions;
import dev.sluice.spec.observed.RestoreFrom;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Flink's configuration of one attempt in application mode, and of a session cluster.
 *
 * <p>High availability is not a choice: without it a JobManager whose container is started again goes
 * back to the savepoint of its first start. What a job came to is kept
 * ({@code job-result-store.delete-on-commit: false}), so that a JobManager which is started again after
 * the end of its job does not run it once more.
 */
final class ApplicationSettings {
    /** Flink 1.15 does not know it by the word {@code kubernetes} yet; later versions take either. */
    private static final String HIGH_AVAILABILITY =
            "org.apache.flink.kubernetes.highavailability.KubernetesHaServicesFactory";

    private static final String JOB_MANAGER_MEMORY = "1g";
    private static final String TASK_MANAGER_MEMORY = "1728m";

    private final FlinkRelease release;
    private final String namespace;
    private final String image;
    private final String stateUrl;

    /** @param stateUrl root of state as Flink is told */
    ApplicationSettings(FlinkRelease release, String namespace, String image, String stateUrl) {
        this.release = release;
        this.namespace = namespace;
        this.image = image;
        this.stateUrl = stateUrl;
    }

    /**
     * @param submission its configuration holds what the job wants and where state lies
     * @param jar path of the program inside of the pods
     */
    SortedMap<String, String> of(StartRequest request, Submission submission, String jar) {
        Attempt attempt = new Attempt(request.job().spec().key(), request.attempt());
        TreeMap<String, String> keys = new TreeMap<>(submission.configuration());
        resources(keys, request.job().spec().resources());
        keys.put("pipeline.jars", "local://" + jar);
        keys.put("$internal.pipeline.job-id", request.id().hex());
        keys.put("execution.target", "kubernetes-application");
        keys.put("execution.shutdown-on-application-finish", "false");
        keys.put("execution.submit-failed-job-on-application-error", "true");
        kubernetes(
                keys,
                attempt.clusterId(),
                attempt.labels(),
                request.job().spec().runtime());
        keys.put(
                "kubernetes.internal.jobmanager.entrypoint.class",
                "org.apache.flink.kubernetes.entrypoint.KubernetesApplicationClusterEntrypoint");
        highAvailability(keys, attempt.clusterId());
        if (request.from() instanceof RestoreFrom.State state) {
            keys.put(
                    release.key("execution.state-recovery.path"),
                    state.pointer().path());
            keys.put(
                    release.key("execution.state-recovery.ignore-unclaimed-state"),
                    Boolean.toString(request.job().spec().upgrade().allowNonRestoredState()));
            keys.put(release.key("execution.state-recovery.claim-mode"), "NO_CLAIM");
        }
        return keys;
    }

    /**
     * Of a session cluster, whose jobs bring what is theirs with them. Its jobs come back with their
     * JobManager, from their newest checkpoints; one that has ended does not, its id is taken for good.
     *
     * @param stateKeys where state lies, for versions that take no configuration with a job
     */
    SortedMap<String, String> of(
            SessionIdentity identity,
            ClusterBasics.Session session,
            SortedMap<String, String> stateKeys) {
        TreeMap<String, String> keys = new TreeMap<>(session.configuration());
        keys.putAll(stateKeys);
        resources(keys, session.resources());
        keys.put("execution.target", "kubernetes-session");
        kubernetes(
                keys,
                identity.clusterId(),
                identity.labels(),
                new RuntimeOptions(session.kubernetes(), new TreeMap<>()));
        keys.put(
                "kubernetes.internal.jobmanager.entrypoint.class",
                "org.apache.flink.kubernetes.entrypoint.KubernetesSessionClusterEntrypoint");
        highAvailability(keys, identity.clusterId());
        return keys;
    }

    private void resources(SortedMap<String, String> keys, Resources resources) {
        Process jobManager = resources.jobManager();
        Process taskManager = resources.taskManager();
        keys.put("parallelism.default", Integer.toString(resources.parallelism()));
        keys.put(
                "taskmanager.numberOfTaskSlots",
                Integer.toString(resources.slots().orElse(1)));
        keys.put("jobmanager.memory.process.size", jobManager.memory().orElse(JOB_MANAGER_MEMORY));
        keys.put(
                "taskmanager.memory.process.size",
                taskManager.memory().orElse(TASK_MANAGER_MEMORY));
        jobManager
                .cpu()
                .ifPresent(cores -> keys.put(
                        release.key("kubernetes.jobmanager.cpu.amount"), cores.toString()));
        taskManager
                .cpu()
                .ifPresent(cores -> keys.put(
                        release.key("kubernetes.taskmanager.cpu.amount"), cores.toString()));
    }

    private void kubernetes(
            SortedMap<String, String> keys,
            String clusterId,
            SortedMap<String, String> all,
            RuntimeOptions options) {
        // Answers may be this old; the default of 3 s hides what just happened.
        keys.put("web.refresh-interval", "500");
        keys.put("kubernetes.cluster-id", clusterId);
        keys.put("kubernetes.namespace", namespace);
        keys.put(release.key("kubernetes.container.image.ref"), image);
        keys.putIfAbsent("kubernetes.container.image.pull-policy", "IfNotPresent");
        keys.put("kubernetes.rest-service.exposed.type", "ClusterIP");
        String account = options.kubernetes().getOrDefault("serviceAccount", "default");
        keys.put("kubernetes.service-account", account);
        String labels = all.entrySet().stream()
                .map(label -> label.getKey() + ":" + label.getValue())
                .collect(Collectors.joining(","));
        keys.put("kubernetes.jobmanager.labels", labels);
        keys.put("kubernetes.taskmanager.labels", labels);
        // What KubernetesClusterDescriptor adds before it makes objects (1.15 to 2.3).
        keys.put("internal.cluster.execution-mode", "NORMAL");
        keys.put("blob.server.port", "6124");
        keys.put("taskmanager.rpc.port", "6122");
        keys.put("rest.bind-port", "8081");
    }

    private void highAvailability(SortedMap<String, String> keys, String clusterId) {
        keys.put(release.key("high-availability.type"), HIGH_AVAILABILITY);
        keys.put("high-availability.cluster-id", clusterId);
        keys.put("high-availability.storageDir", stateUrl + "/ha");
        keys.put("high-availability.jobmanager.port", "6123");
        keys.put("job-result-store.delete-on-commit", "false");
    }
}
