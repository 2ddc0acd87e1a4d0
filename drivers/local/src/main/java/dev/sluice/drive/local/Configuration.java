// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.rest.FileStateStorage;
import dev.sluice.drive.rest.FolderFiles;
import dev.sluice.drive.session.StateKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The configuration file of a local cluster. */
final class Configuration {
    private static final String LOOPBACK = "127.0.0.1";

    /** Where the processes of a cluster find each other and their files; no job may say otherwise. */
    private static final Set<String> FIXED = Set.of(
            "jobmanager.rpc.address",
            "jobmanager.bind-host",
            "jobmanager.rpc.port",
            "rest.address",
            "rest.bind-address",
            "rest.port",
            "rest.bind-port",
            "taskmanager.host",
            "taskmanager.bind-host",
            "web.upload.dir",
            "web.refresh-interval",
            "io.tmp.dirs");

    private Configuration() {}

    static void write(ClusterFolder folder, FlinkRelease release, LocalOptions options, Ports ports)
            throws IOException {
        write(folder, release, options, ports, new TreeMap<>());
    }

    /** @param own what the cluster's only job says beyond or against what is usual */
    static void write(
            ClusterFolder folder,
            FlinkRelease release,
            LocalOptions options,
            Ports ports,
            SortedMap<String, String> own)
            throws IOException {
        TreeMap<String, String> entries = new TreeMap<>(entries(folder, release, options, ports));
        own.forEach((key, value) -> {
            if (!FIXED.contains(key)) {
                entries.put(key, value);
            }
        });
        Files.createDirectories(folder.configuration());
        StringBuilder text = new StringBuilder();
        boolean isYaml = release.configurationFile().equals("config.yaml");
        entries.forEach((key, value) -> text.append(key)
                .append(": ")
                .append(isYaml ? "'" + value.replace("'", "''") + "'" : value)
                .append('\n'));
        Files.writeString(folder.configuration().resolve(release.configurationFile()), text);
    }

    private static SortedMap<String, String> entries(
            ClusterFolder folder, FlinkRelease release, LocalOptions options, Ports ports) {
        TreeMap<String, String> keys = new TreeMap<>(StateKeys.of(
                release, new FileStateStorage(new FolderFiles(options.stateDirectory()))));
        keys.putAll(memory());
        keys.put("jobmanager.rpc.address", LOOPBACK);
        keys.put("jobmanager.bind-host", LOOPBACK);
        keys.put("jobmanager.rpc.port", Integer.toString(ports.rpc()));
        keys.put("rest.address", LOOPBACK);
        keys.put("rest.bind-address", LOOPBACK);
        keys.put("rest.port", Integer.toString(ports.rest()));
        keys.put("rest.bind-port", Integer.toString(ports.rest()));
        keys.put("taskmanager.host", LOOPBACK);
        keys.put("taskmanager.bind-host", LOOPBACK);
        // Else Flink asks for the machine's own name, and dies where no resolver knows it.
        keys.put("taskmanager.resource-id", "local");
        keys.put("taskmanager.numberOfTaskSlots", Integer.toString(options.slots()));
        if (options.scheduler() == LocalOptions.Scheduler.ADAPTIVE) {
            keys.put("jobmanager.scheduler", "adaptive");
        }
        keys.put("parallelism.default", "1");
        keys.put(
                "execution.checkpointing.interval", options.checkpointInterval().toMillis() + "ms");
        // Answers may be this old; the default of 3 s hides what just happened.
        keys.put("web.refresh-interval", "200");
        // Fixed, so that uploaded jars survive a restart of the JobManager.
        keys.put("web.upload.dir", local(folder, "upload"));
        keys.put("io.tmp.dirs", local(folder, "tmp"));
        return keys;
    }

    /**
     * The whole memory set: without {@code taskmanager.sh} nobody computes it, and a TaskManager ends
     * at once if any part is missing.
     */
    private static SortedMap<String, String> memory() {
        TreeMap<String, String> keys = new TreeMap<>();
        keys.put("taskmanager.cpu.cores", "2.0");
        keys.put("taskmanager.memory.task.heap.size", "128m");
        keys.put("taskmanager.memory.task.off-heap.size", "0m");
        keys.put("taskmanager.memory.framework.heap.size", "128m");
        keys.put("taskmanager.memory.framework.off-heap.size", "64m");
        keys.put("taskmanager.memory.managed.size", "64m");
        keys.put("taskmanager.memory.network.min", "64m");
        keys.put("taskmanager.memory.network.max", "64m");
        keys.put("taskmanager.memory.jvm-metaspace.size", "256m");
        keys.put("taskmanager.memory.jvm-overhead.min", "64m");
        keys.put("taskmanager.memory.jvm-overhead.max", "64m");
        return keys;
    }

    private static String local(ClusterFolder folder, String name) {
        Path path = folder.path().resolve(name);
        return path.toString();
    }
}
