// SPDX-License-Identifier: Apache-2.0
package dev.sluice.hadoop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the files of configuration of a cluster on the loopback address. */
final class Sites {
    private static final String HOST = "127.0.0.1:";

    private final Path folder;
    private final int[] ports;

    Sites(Path folder, int[] ports) {
        this.folder = folder;
        this.ports = ports;
    }

    Path configuration() {
        return folder.resolve("conf");
    }

    /** @param kdc of a cluster that wants Kerberos */
    void write(List<Path> containers, Map<String, String> more, Optional<Kdc> kdc)
            throws IOException {
        // Hadoop's servers insist on folders of pages and need nothing in them.
        for (String page : List.of("hdfs", "datanode", "cluster", "node")) {
            Files.createDirectories(configuration().resolve("webapps").resolve(page));
        }
        Map<String, String> core = core();
        Map<String, String> hdfs = hdfs();
        Map<String, String> yarn = yarn(containers);
        yarn.putAll(more);
        if (kdc.isPresent()) {
            core.putAll(kdc.get().core());
            hdfs.putAll(kdc.get().hdfs());
            yarn.putAll(kdc.get().yarn());
        }
        write("core-site.xml", core);
        write("hdfs-site.xml", hdfs);
        write("yarn-site.xml", yarn);
        write("capacity-scheduler.xml", queues());
    }

    private Map<String, String> core() {
        Map<String, String> keys = new TreeMap<>();
        keys.put("fs.defaultFS", "hdfs://" + HOST + ports[0]);
        keys.put("hadoop.tmp.dir", folder.resolve("tmp").toString());
        return keys;
    }

    private Map<String, String> hdfs() {
        Map<String, String> keys = new TreeMap<>();
        keys.put("dfs.replication", "1");
        keys.put("dfs.permissions.enabled", "false");
        keys.put("dfs.namenode.safemode.extension", "0");
        keys.put("dfs.namenode.rpc-address", HOST + ports[0]);
        keys.put("dfs.namenode.http-address", HOST + ports[1]);
        keys.put("dfs.datanode.address", HOST + ports[2]);
        keys.put("dfs.datanode.http.address", HOST + ports[3]);
        keys.put("dfs.datanode.ipc.address", HOST + ports[4]);
        keys.put("dfs.datanode.hostname", "127.0.0.1");
        keys.put("dfs.namenode.name.dir", folder.resolve("names").toUri().toString());
        keys.put("dfs.datanode.data.dir", folder.resolve("blocks").toUri().toString());
        return keys;
    }

    private Map<String, String> yarn(List<Path> containers) {
        Map<String, String> keys = new TreeMap<>();
        keys.put("yarn.resourcemanager.hostname", "127.0.0.1");
        keys.put("yarn.resourcemanager.address", HOST + ports[5]);
        keys.put("yarn.resourcemanager.scheduler.address", HOST + ports[6]);
        keys.put("yarn.resourcemanager.resource-tracker.address", HOST + ports[7]);
        keys.put("yarn.resourcemanager.admin.address", HOST + ports[8]);
        keys.put("yarn.resourcemanager.webapp.address", HOST + ports[9]);
        keys.put("yarn.resourcemanager.bind-host", "127.0.0.1");
        keys.put("yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", "200");
        keys.put(
                "yarn.resourcemanager.scheduler.class",
                "org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CapacityScheduler");
        keys.put("yarn.scheduler.minimum-allocation-mb", "256");
        keys.put(
                "yarn.node-labels.fs-store.root-dir",
                folder.resolve("labels").toUri().toString());
        keys.put("yarn.nodemanager.hostname", "127.0.0.1");
        keys.put("yarn.nodemanager.address", HOST + ports[10]);
        keys.put("yarn.nodemanager.localizer.address", HOST + ports[11]);
        keys.put("yarn.nodemanager.webapp.address", HOST + ports[12]);
        keys.put("yarn.nodemanager.resource.memory-mb", "8192");
        keys.put("yarn.nodemanager.resource.cpu-vcores", "64");
        keys.put("yarn.nodemanager.pmem-check-enabled", "false");
        keys.put("yarn.nodemanager.vmem-check-enabled", "false");
        keys.put("yarn.nodemanager.disk-health-checker.enable", "false");
        keys.put("yarn.nodemanager.local-dirs", folder.resolve("local").toString());
        keys.put("yarn.nodemanager.log-dirs", folder.resolve("logs").toString());
        keys.put("yarn.nodemanager.delete.debug-delay-sec", "600");
        keys.put("yarn.nodemanager.env-whitelist", "JAVA_HOME,PATH");
        String jars = containers.stream().map(Path::toString).collect(Collectors.joining(","));
        keys.put("yarn.application.classpath", configuration() + "," + jars);
        return keys;
    }

    /**
     * {@code narrow} has no room for a second application master. All of a node that is labelled
     * {@code quick}, where labels are enabled, belongs to {@code default}.
     */
    private static Map<String, String> queues() {
        Map<String, String> keys = new TreeMap<>();
        keys.put("yarn.scheduler.capacity.root.queues", "default,narrow");
        keys.put("yarn.scheduler.capacity.root.default.capacity", "95");
        keys.put("yarn.scheduler.capacity.root.narrow.capacity", "5");
        keys.put("yarn.scheduler.capacity.root.narrow.maximum-capacity", "5");
        keys.put("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
        keys.put("yarn.scheduler.capacity.root.accessible-node-labels.quick.capacity", "100");
        keys.put(
                "yarn.scheduler.capacity.root.default.accessible-node-labels.quick.capacity",
                "100");
        return keys;
    }

    private void write(String file, Map<String, String> keys) throws IOException {
        String properties = keys.entrySet().stream()
                .map(key -> "<property><name>" + key.getKey() + "</name><value>" + key.getValue()
                        + "</value></property>\n")
                .collect(Collectors.joining());
        Files.writeString(
                configuration().resolve(file),
                "<configuration>\n" + properties + "</configuration>\n");
    }
}
