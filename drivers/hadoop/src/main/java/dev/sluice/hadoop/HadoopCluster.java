// SPDX-License-Identifier: Apache-2.0
package dev.sluice.hadoop;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.artifacts.LockedJars;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.artifacts.Progress;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** HDFS and YARN with one node. Two processes of YARN, because one cannot hold both of its servers. */
public final class HadoopCluster implements AutoCloseable {
    private static final int PORTS = 13;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Daemon NAME_NODE =
            new Daemon("org.apache.hadoop.hdfs.server.namenode.NameNode", 192);
    private static final Daemon DATA_NODE =
            new Daemon("org.apache.hadoop.hdfs.server.datanode.DataNode", 192);
    private static final Daemon RESOURCE_MANAGER =
            new Daemon("org.apache.hadoop.yarn.server.resourcemanager.ResourceManager", 256);
    private static final Daemon NODE_MANAGER =
            new Daemon("org.apache.hadoop.yarn.server.nodemanager.NodeManager", 256);

    private final Path folder;
    private final String classPath;
    private final int[] ports;
    private final Optional<Kdc> kdc;
    private final Thread net = new Thread(this::endAll, "end-hadoop");
    private final List<Process> storage = new ArrayList<>();
    private Process resourceManager;
    private Process nodeManager;

    private HadoopCluster(Path folder, String classPath, int[] ports, Optional<Kdc> kdc) {
        this.folder = folder;
        this.classPath = classPath;
        this.ports = ports;
        this.kdc = kdc;
    }

    /**
     * Starts all servers and waits until they serve.
     *
     * @param folder of this cluster alone
     * @param containers Hadoop's jars for containers
     * @param more keys of {@code yarn-site.xml}
     */
    public static HadoopCluster start(
            Path folder, MavenLocation maven, List<Path> containers, Map<String, String> more)
            throws IOException, ArtifactFailure {
        return start(folder, maven, containers, more, false);
    }

    /** The same behind Kerberos, with a server of it for this cluster alone. */
    public static HadoopCluster startSecured(
            Path folder, MavenLocation maven, List<Path> containers)
            throws IOException, ArtifactFailure {
        return start(folder, maven, containers, Map.of(), true);
    }

    private static HadoopCluster start(
            Path folder,
            MavenLocation maven,
            List<Path> containers,
            Map<String, String> more,
            boolean isSecured)
            throws IOException, ArtifactFailure {
        Path root = Files.createDirectories(folder.toAbsolutePath());
        int[] ports = freePorts();
        Sites sites = new Sites(root, ports);
        String jars = new LockedJars(maven)
                .fetch("Hadoop's servers", lock(), Progress.SILENT).stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator));
        Optional<Kdc> kdc = isSecured ? Optional.of(Kdc.start(root, jars)) : Optional.empty();
        sites.write(containers, more, kdc);
        HadoopCluster cluster = new HadoopCluster(
                root, sites.configuration() + File.pathSeparator + jars, ports, kdc);
        cluster.start();
        return cluster;
    }

    private void start() throws IOException {
        Runtime.getRuntime().addShutdownHook(net);
        startResourceManager();
        startNodeManager();
        Process format = start(NAME_NODE, List.of("-format", "-nonInteractive"));
        format.onExit().join();
        storage.add(start(NAME_NODE, List.of()));
        storage.add(start(DATA_NODE, List.of()));
        if (kdc.isPresent()) {
            // Pages tell nothing to somebody without a ticket.
            Path log = folder.resolve("DataNode.log");
            Daemon.awaitWords(log, "successfully registered with NN", PATIENCE);
            awaitNodes();
            return;
        }
        await(
                "http://127.0.0.1:" + ports[1]
                        + "/jmx?qry=Hadoop:service=NameNode,name=FSNamesystemState",
                "\"NumLiveDataNodes\" : 1");
        awaitNodes();
    }

    /** The folder that a cluster entry names. */
    public Path configuration() {
        return folder.resolve("conf");
    }

    /** Root of the file system, such as {@code hdfs://127.0.0.1:4711}. */
    public String fileSystem() {
        return "hdfs://127.0.0.1:" + ports[0];
    }

    /** Of a cluster that was started secured. */
    public Kdc kdc() {
        return kdc.orElseThrow();
    }

    public URI resourceManager() {
        return URI.create("http://127.0.0.1:" + ports[9]);
    }

    /** Logs of containers are below. */
    public Path folder() {
        return folder;
    }

    public void killResourceManager() {
        Daemon.end(resourceManager);
    }

    /** Starts again what was killed of YARN, and waits until it has a node to run something on. */
    public void revive() throws IOException {
        if (!resourceManager.isAlive()) {
            startResourceManager();
        }
        if (!nodeManager.isAlive()) {
            startNodeManager();
        }
        awaitNodes();
    }

    private void startResourceManager() throws IOException {
        resourceManager = start(RESOURCE_MANAGER, List.of());
    }

    /** The node with everything that runs on it goes. */
    public void killNode() {
        Daemon.end(nodeManager);
        containers().forEach(ProcessHandle::destroyForcibly);
    }

    private void startNodeManager() throws IOException {
        nodeManager = start(NODE_MANAGER, List.of());
    }

    /** Kills an application as a person does. */
    public void kill(String application) {
        order("PUT", "/apps/" + application + "/state", "{\"state\":\"KILLED\"}");
    }

    /** Gives the node a label, which only applications that ask for it may use then. */
    public void label(String label) {
        order(
                "POST",
                "/add-node-labels",
                "{\"nodeLabelInfo\":[{\"name\":\"" + label + "\",\"exclusivity\":\"true\"}]}");
        order("POST", node() + "/replace-labels?labels=" + label, "");
    }

    /** The node is there for everybody again. */
    public void unlabel() {
        order("POST", node() + "/replace-labels", "");
    }

    private String node() {
        String nodes = get("/nodes");
        return "/nodes/" + nodes.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
    }

    private void order(String method, String path, String json) {
        String user = (path.contains("?") ? "&" : "?") + "user.name=";
        HttpResponse<String> answer = send(request(path + user + System.getProperty("user.name"))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json))
                .build());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + ": " + answer.body());
        }
    }

    /** What YARN itself says of an application, as JSON. */
    public String application(String id) {
        return get("/apps/" + id);
    }

    private String get(String path) {
        return send(request(path).build()).body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(resourceManager() + "/ws/v1/cluster" + path))
                .timeout(Duration.ofSeconds(10));
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Process start(Daemon daemon, List<String> arguments) throws IOException {
        List<String> options = kdc.map(Kdc::javaOptions).orElse(List.of());
        return daemon.start(folder, classPath, options, arguments);
    }

    private void awaitNodes() throws IOException {
        if (kdc.isPresent()) {
            Path log = folder.resolve("ResourceManager.log");
            Daemon.awaitWords(log, "registered with capability", PATIENCE);
            return;
        }
        await(resourceManager() + "/ws/v1/cluster/metrics", "\"activeNodes\":1");
    }

    /** Files of a name in the folders that the containers of an application run in. */
    public List<Path> containerFiles(String application, String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("local"))) {
            return files.filter(file -> file.getFileName().toString().equals(name))
                    .filter(file -> file.toString().contains(application))
                    .filter(file -> file.toString().contains("container_"))
                    .toList();
        }
    }

    /** Processes of containers whose command line has a text, such as an application id. */
    public List<ProcessHandle> containers(String text) {
        return containers().stream()
                .filter(process -> process.info().commandLine().orElse("").contains(text))
                .toList();
    }

    /**
     * Stops containers where they are, or lets them go on.
     *
     * @param text of their command lines
     * @param signal {@code STOP} or {@code CONT}
     */
    public void signal(String text, String signal) throws IOException {
        for (ProcessHandle process : containers(text)) {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .onExit()
                    .join();
        }
    }

    private List<ProcessHandle> containers() {
        String local = folder.resolve("logs").toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(local))
                .filter(process -> process.pid() != resourceManager.pid())
                .filter(process -> process.pid() != nodeManager.pid())
                .filter(process -> storage.stream().noneMatch(one -> one.pid() == process.pid()))
                .toList();
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(net);
        endAll();
    }

    private void endAll() {
        List<Process> all = new ArrayList<>(storage);
        for (Process process : List.of(nodeManager, resourceManager)) {
            all.add(process);
        }
        Daemon.end(nodeManager);
        containers().forEach(ProcessHandle::destroyForcibly);
        all.forEach(Daemon::end);
        kdc.ifPresent(Kdc::end);
    }

    private static void await(String address, String expected) {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(requireNonNull(address)))
                .timeout(Duration.ofSeconds(5))
                .build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        String seen = "nothing";
        while (System.nanoTime() < end) {
            try {
                seen = client.send(request, BodyHandlers.ofString()).body();
            } catch (IOException notYet) {
                seen = notYet.toString();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
            if (seen.contains(expected)) {
                return;
            }
            Daemon.pause();
        }
        throw new IllegalStateException(address + " never said " + expected + ", but " + seen);
    }

    private static int[] freePorts() throws IOException {
        List<ServerSocket> open = new ArrayList<>();
        try {
            int[] ports = new int[PORTS];
            for (int index = 0; index < PORTS; index++) {
                open.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
                ports[index] = open.get(index).getLocalPort();
            }
            return ports;
        } finally {
            for (ServerSocket socket : open) {
                socket.close();
            }
        }
    }

    private static String lock() throws IOException {
        try (InputStream in = HadoopCluster.class.getResourceAsStream("servers.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
