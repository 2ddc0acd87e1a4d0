// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.drive.kubernetes.Tenant;
import dev.sluice.drive.kubernetes.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.TreeMap;

/** A namespace of a real Kubernetes, and the files of jobs that are small enough for it. */
public final class PodsHouse implements AutoCloseable {
    private static final String VERSION = "1.20";

    private final Tenant tenant;
    private final Path shared;
    private final String entry;

    private PodsHouse(TestCluster cluster, Path folder) {
        this.tenant = cluster.tenant();
        this.shared = cluster.state();
        this.entry =
                ("{kind: kubernetes, kubeconfig: %s, namespace: %s, stateDir: %s, images: {'%s': '%s'},"
                                + " imageTags: allow,"
                                + " ingress: {url: 'http://{job}.{team}.flink.example.com/'}}")
                        .formatted(
                                tenant.kubeconfig(folder),
                                tenant.name(),
                                shared.resolve("state"),
                                VERSION,
                                cluster.image(VERSION));
    }

    /** @param folder for the kubeconfig of the controller's account */
    public static PodsHouse open(Path folder) throws IOException {
        PodsHouse house = new PodsHouse(TestCluster.find(), Files.createDirectories(folder));
        house.folder("state");
        return house;
    }

    /** The value of a cluster entry. */
    public String entry() {
        return entry;
    }

    /** A new folder that is the same here and in pods, where everybody may write. */
    public Path folder(String name) throws IOException {
        Path made = Files.createDirectory(shared.resolve(name));
        return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    public Tenant tenant() {
        return tenant;
    }

    /** Lets a job run in application mode, in pods that a small node has room for. */
    public void small(TreeMap<String, String> files, String yaml) {
        files.compute(
                yaml,
                (path, text) -> text.replaceFirst("flink: \\{", "flink: {mode: application, "));
        files.merge(yaml, """
                resources:
                  parallelism: 1
                  jobManager: {memory: 1g, cpu: 0.1}
                  taskManager: {memory: 1g, cpu: 0.1, slots: 2}
                configuration:
                  execution.checkpointing.interval: 1s
                  kubernetes.jobmanager.cpu.limit-factor: "20"
                  kubernetes.taskmanager.cpu.limit-factor: "20"
                kubernetes: {serviceAccount: %s, podTemplate: pods.yaml}
                """.formatted(Tenant.JOBS), String::concat);
        files.put(yaml.replace("job.yaml", "pods.yaml"), """
                spec:
                  dnsPolicy: Default
                  containers:
                    - name: flink-main-container
                      volumeMounts: [{name: shared, mountPath: %1$s}]
                  volumes: [{name: shared, hostPath: {path: %1$s, type: Directory}}]
                """.formatted(shared));
    }

    @Override
    public void close() {
        tenant.close();
    }
}
