// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A session cluster as an operator runs it: nobody but the test looks after its processes. */
public final class SessionProcesses implements AutoCloseable {
    private static final String MEMORY = """
            taskmanager.cpu.cores: 2.0
            taskmanager.memory.task.heap.size: 128m
            taskmanager.memory.task.off-heap.size: 0m
            taskmanager.memory.framework.heap.size: 128m
            taskmanager.memory.framework.off-heap.size: 64m
            taskmanager.memory.managed.size: 64m
            taskmanager.memory.network.min: 64m
            taskmanager.memory.network.max: 64m
            taskmanager.memory.jvm-metaspace.size: 256m
            taskmanager.memory.jvm-overhead.min: 64m
            taskmanager.memory.jvm-overhead.max: 64m
            """;

    private final Path lib;
    private final List<String> jvmFlags;
    private final Path folder;
    private final int port;
    private Process jobManager;
    private final Process taskManager;

    /**
     * Starts a JobManager and a TaskManager on free ports, whose heartbeats time out soon.
     *
     * @param lib jars of Flink
     * @param jvmFlags what this Flink needs to be told of Java
     * @param configurationFile how this Flink calls it
     * @param folder for configuration and logs
     * @param more configuration beside what every such cluster has
     */
    public SessionProcesses(
            Path lib,
            List<String> jvmFlags,
            String configurationFile,
            Path folder,
            Map<String, String> more)
            throws IOException {
        this.lib = lib;
        this.jvmFlags = List.copyOf(jvmFlags);
        this.folder = Files.createDirectories(folder);
        int[] ports = freePorts();
        this.port = ports[0];
        configure(configurationFile, ports, more);
        this.jobManager = jobManager();
        this.taskManager = launch(
                "taskmanager",
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                List.of("-Xmx256m", "-XX:MaxDirectMemorySize=160m"));
    }

    /** Where its REST interface answers, as soon as it does. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The JobManager dies, and nobody starts another one yet. */
    public void killJobManager() {
        jobManager.destroyForcibly();
        jobManager.onExit().join();
    }

    /** The JobManager dies, and its operator's supervision starts another one; the TaskManager lives. */
    public void replaceJobManager() throws IOException {
        killJobManager();
        startJobManager();
    }

    /** Its operator starts a JobManager again. */
    public void startJobManager() throws IOException {
        jobManager = jobManager();
    }

    @Override
    public void close() {
        for (Process process : List.of(taskManager, jobManager)) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    private Process jobManager() throws IOException {
        return launch(
                "jobmanager",
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                List.of("-Xmx384m", "-XX:TieredStopAtLevel=1"));
    }

    private Process launch(String name, String mainClass, List<String> memory) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(memory);
        command.addAll(jvmFlags);
        command.add("-XX:+UseSerialGC");
        command.add("-Dlog.file=" + folder.resolve(name + ".log"));
        command.add("-Dlog4j.configurationFile="
                + folder.resolve("logging.properties").toUri());
        command.addAll(List.of("-cp", lib + "/*", mainClass));
        command.addAll(List.of("--configDir", folder.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .start();
    }

    private void configure(String file, int[] ports, Map<String, String> more) throws IOException {
        Map<String, String> keys = new TreeMap<>();
        keys.put("jobmanager.rpc.address", "127.0.0.1");
        keys.put("jobmanager.bind-host", "127.0.0.1");
        keys.put("jobmanager.rpc.port", Integer.toString(ports[1]));
        keys.put("rest.address", "127.0.0.1");
        keys.put("rest.bind-address", "127.0.0.1");
        keys.put("rest.port", Integer.toString(ports[0]));
        keys.put("taskmanager.host", "127.0.0.1");
        keys.put("taskmanager.bind-host", "127.0.0.1");
        keys.put("taskmanager.resource-id", "operated");
        keys.put("taskmanager.numberOfTaskSlots", "24");
        keys.put("execution.checkpointing.interval", "1000ms");
        keys.put("jobmanager.scheduler", "adaptive");
        keys.put("web.refresh-interval", "200");
        keys.put("io.tmp.dirs", Files.createDirectories(folder.resolve("tmp")).toString());
        // So that the tests need not wait for the usual 50 seconds after each loss.
        keys.put("heartbeat.interval", "1000");
        keys.put("heartbeat.timeout", "5000");
        // On a busy machine it takes longer than the usual 10 seconds, and nobody starts it again.
        keys.put("pekko.startup-timeout", "120 s");
        keys.putAll(more);
        String text = keys.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue() + "\n")
                .collect(Collectors.joining());
        Files.writeString(folder.resolve(file), text + MEMORY);
    }

    private static int[] freePorts() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket rest = new ServerSocket(0, 1, loopback);
                ServerSocket rpc = new ServerSocket(0, 1, loopback)) {
            return new int[] {rest.getLocalPort(), rpc.getLocalPort()};
        }
    }
}
