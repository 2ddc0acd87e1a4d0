// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.artifacts.YarnJars;
import dev.sluice.hadoop.HadoopCluster;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A real YARN and HDFS, and the files of jobs that are small enough for it. */
public final class YarnHouse implements AutoCloseable {
    private final HadoopCluster hadoop;

    private YarnHouse(HadoopCluster hadoop) {
        this.hadoop = hadoop;
    }

    /** Starts Hadoop and waits until it serves. */
    public static YarnHouse start(Path folder) throws Exception {
        Path home = Path.of(System.getProperty("user.home"));
        Map<String, String> properties = Map.of(
                "maven.repo.local", System.getProperty("maven.repo.local", ""),
                "sluice.maven.repository", System.getProperty("sluice.maven.repository", ""));
        MavenLocation maven = MavenLocation.of(properties, System.getenv(), home);
        YarnJars jars = new YarnJars(maven);
        return new YarnHouse(
                HadoopCluster.start(folder, maven, jars.client(Progress.SILENT), Map.of()));
    }

    public HadoopCluster hadoop() {
        return hadoop;
    }

    /** The value of a cluster entry. */
    public String entry() {
        return "{kind: yarn, hadoopConfDir: " + hadoop.configuration() + ", stateDir: '"
                + hadoop.fileSystem() + "/sluice'}";
    }

    /** Puts this YARN in the place of a local cluster. */
    public void replace(TreeMap<String, String> files, String cluster) {
        files.compute(
                JobFiles.ENVIRONMENT,
                (path, yaml) -> yaml.replace(
                        cluster + ": {kind: local, stateDir: state}", cluster + ": " + entry()));
    }

    /** Lets a job run in application mode, in containers that a small node holds several of. */
    public static void small(TreeMap<String, String> files, String yaml) {
        files.compute(
                yaml,
                (path, text) -> text.replaceFirst("flink: \\{", "flink: {mode: application, "));
        files.merge(yaml, """
                resources:
                  jobManager: {memory: 768m}
                  taskManager: {memory: 768m, slots: 1}
                configuration:
                  execution.checkpointing.interval: 1s
                  env.java.opts.all: "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
                  jobmanager.memory.jvm-metaspace.size: 192m
                  jobmanager.memory.jvm-overhead.min: 64m
                  jobmanager.memory.off-heap.size: 64m
                  taskmanager.memory.jvm-metaspace.size: 192m
                  taskmanager.memory.jvm-overhead.min: 64m
                  taskmanager.memory.managed.size: 64m
                  taskmanager.memory.network.min: 32m
                  taskmanager.memory.network.max: 32m
                """, String::concat);
    }

    /** What YARN itself says of all its applications, as JSON. */
    public String applications(String query) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        hadoop.resourceManager().resolve("/ws/v1/cluster/apps" + query))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
        hadoop.close();
    }
}
