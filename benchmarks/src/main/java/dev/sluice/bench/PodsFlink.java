// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.kubernetes.Tenant;
import dev.sluice.drive.kubernetes.TestCluster;
import dev.sluice.reconcile.service.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A namespace of a real Kubernetes, an image of Flink, and a folder that pods see by the same path. */
final class PodsFlink implements AutoCloseable {
    static final String VERSION = "1.20";

    private final TestCluster cluster = TestCluster.find();
    private final FlinkRelease release =
            FlinkReleases.withKubernetes(FlinkReleases.bundled().find(VERSION).orElseThrow());
    private final Path folder;
    private final Path shared;
    private final String image;
    private final FlinkHome home;
    private final Tenant tenant;

    private PodsFlink(Path folder) throws Exception {
        this.folder = Files.createDirectories(folder);
        this.shared = cluster.state();
        this.image = cluster.image(VERSION);
        this.home = Installation.own().flinkHomes().assemble(release, Progress.SILENT);
        this.tenant = cluster.tenant();
    }

    static PodsFlink open(Path folder) throws Exception {
        return new PodsFlink(folder);
    }

    Tenant tenant() {
        return tenant;
    }

    Path lib() {
        return home.lib();
    }

    /** A folder of this process alone. */
    Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    /** A folder in which this process and all pods may write. */
    Path shared(String name) throws IOException {
        Path made = Files.createDirectories(shared.resolve(name));
        return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    /** What a controller is told of this cluster, as the value of its entry. */
    String entry() throws IOException {
        return "{kind: kubernetes, kubeconfig: %s, namespace: %s, stateDir: %s, images: {'%s': '%s'}, imageTags: allow}"
                .formatted(
                        tenant.kubeconfig(folder("access")),
                        tenant.name(),
                        shared("state"),
                        VERSION,
                        image);
    }

    /** Brings the shared folder into every pod. */
    String template() {
        return """
                spec:
                  dnsPolicy: Default
                  containers:
                    - name: flink-main-container
                      volumeMounts: [{name: shared, mountPath: %1$s}]
                  volumes: [{name: shared, hostPath: {path: %1$s, type: Directory}}]
                """.formatted(shared);
    }

    /** Pods that a small node has room for, and what else both sides set: checkpoints, and where. */
    Map<String, String> settings() throws IOException {
        Map<String, String> settings = new TreeMap<>();
        settings.put("execution.checkpointing.interval", "1s");
        settings.put("kubernetes.jobmanager.cpu.limit-factor", "20");
        settings.put("kubernetes.taskmanager.cpu.limit-factor", "20");
        return settings;
    }

    /** Flink's command line, for the application of this cluster id. */
    FlinkCommand command() throws IOException {
        Path configuration = folder("flink");
        Path template = Files.writeString(folder.resolve("template.yaml"), template());
        Map<String, String> all = new TreeMap<>(settings());
        all.put("kubernetes.config.file", cluster.file().toString());
        all.put("kubernetes.namespace", tenant.name());
        all.put("kubernetes.container.image.ref", image);
        all.put("kubernetes.container.image.pull-policy", "IfNotPresent");
        all.put("kubernetes.service-account", Tenant.JOBS);
        all.put("kubernetes.rest-service.exposed.type", "NodePort");
        all.put("kubernetes.pod-template-file.default", template.toString());
        all.put("kubernetes.jobmanager.cpu.amount", "0.1");
        all.put("kubernetes.taskmanager.cpu.amount", "0.1");
        all.put("jobmanager.memory.process.size", "1g");
        all.put("taskmanager.memory.process.size", "1g");
        all.put("taskmanager.numberOfTaskSlots", "2");
        all.put("execution.shutdown-on-application-finish", "false");
        all.put("high-availability.type", "kubernetes");
        all.put("high-availability.storageDir", shared("ha").toUri().toString());
        all.put("execution.checkpointing.dir", shared("checkpoints").toUri().toString());
        StringBuilder text = new StringBuilder();
        all.forEach((key, value) -> text.append(key + ": '" + value + "'\n"));
        Files.writeString(configuration.resolve(release.configurationFile()), text.toString());
        return new FlinkCommand(release, home.lib(), configuration);
    }

    /** The jar of the counting program where pods find it. */
    Path jar(byte[] program) throws IOException {
        Path jar = Files.write(shared("jars").resolve("gap.jar"), program);
        return Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
    }

    /** Cluster ids that are there, for a check that nothing is left. */
    List<String> clusters() {
        return tenant.attempts();
    }

    @Override
    public void close() {
        tenant.close();
    }
}
