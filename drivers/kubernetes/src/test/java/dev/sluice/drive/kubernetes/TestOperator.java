// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.artifacts.LockedJars;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.contract.Settling;
import dev.sluice.drive.kubernetes.KubeFailure.Kind;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Flink Kubernetes Operator 1.7.0 itself, from Maven, as a process of this machine that watches one
 * namespace. It finds JobManagers by names of services, which a file tells it: the cluster of the tests
 * has no name server, and another one's does not serve this machine.
 */
final class TestOperator implements AutoCloseable {
    private static final String LOCK = "operator-1.7.0.txt";
    private static final String DEFINITIONS =
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Tenant tenant;
    private final Path folder;
    private final Path kubeconfig;
    private final List<Path> jars;
    private final ScheduledExecutorService names = Executors.newSingleThreadScheduledExecutor();
    private Process process;

    /** @param folder for its configuration and its log */
    TestOperator(TestCluster cluster, Tenant tenant, Path folder) {
        this.tenant = tenant;
        this.folder = folder;
        this.kubeconfig = cluster.file();
        try (InputStream lock = TestOperator.class.getResourceAsStream(LOCK)) {
            String lines = new String(lock.readAllBytes(), StandardCharsets.UTF_8);
            this.jars = new LockedJars(TestCluster.maven())
                    .fetch("the Flink Kubernetes Operator", lines, Progress.SILENT);
            Files.createDirectories(folder.resolve("plugins"));
            Files.writeString(folder.resolve("flink-conf.yaml"), configuration());
            Files.writeString(folder.resolve("log4j2.properties"), logging());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ArtifactFailure e) {
            throw new IllegalStateException(e);
        }
        define("flinkdeployments");
        define("flinksessionjobs");
        writeNames();
        names.scheduleWithFixedDelay(this::writeNames, 0, 300, TimeUnit.MILLISECONDS);
        start();
    }

    private static String configuration() {
        return String.join(
                "\n",
                "kubernetes.operator.reconcile.interval: 3 s",
                "kubernetes.operator.observer.progress-check.interval: 1 s",
                "kubernetes.operator.observer.rest-ready.delay: 1 s",
                "kubernetes.operator.flink.client.timeout: 5 s",
                "kubernetes.operator.health.probe.enabled: false",
                "");
    }

    private static String logging() {
        return String.join(
                "\n",
                "rootLogger.level = INFO",
                "rootLogger.appenderRef.console.ref = Console",
                "appender.console.name = Console",
                "appender.console.type = CONSOLE",
                "appender.console.layout.type = PatternLayout",
                "appender.console.layout.pattern = %d %-5p %c{1} %m%n",
                "");
    }

    /**
     * Makes the kind known, as the operator's chart does. Older API servers refuse what 1.7.0 writes
     * into the status ({@code labelSelector: null}), so anything may stand there.
     */
    private void define(String kind) {
        String entry = "META-INF/fabric8/" + kind + ".flink.apache.org-v1.yml";
        Path api = jars.stream()
                .filter(jar ->
                        jar.getFileName().toString().startsWith("flink-kubernetes-operator-api"))
                .findFirst()
                .orElseThrow();
        try (JarFile jar = new JarFile(api.toFile());
                InputStream text = jar.getInputStream(jar.getEntry(entry))) {
            LoaderOptions options = new LoaderOptions();
            Object read = new Yaml(new SafeConstructor(options)).load(text);
            JsonNode definition = JsonMapper.shared().valueToTree(read);
            ObjectNode properties = definition
                    .at("/spec/versions/0/schema/openAPIV3Schema/properties")
                    .asObject();
            properties
                    .putObject("status")
                    .put("type", "object")
                    .put("x-kubernetes-preserve-unknown-fields", true);
            tenant.api().create(DEFINITIONS, definition);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (KubeFailure e) {
            if (e.kind() != Kind.CONFLICT) {
                throw new IllegalStateException(e);
            }
        }
        Settling.until(PATIENCE, () -> isServed(kind), served -> served);
    }

    private boolean isServed(String kind) {
        try {
            return tenant.api()
                    .find("/apis/" + FlinkDeployments.API_VERSION + "/" + kind)
                    .isPresent();
        } catch (KubeFailure e) {
            return false;
        }
    }

    void start() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djdk.net.hosts.file=" + folder.resolve("hosts"),
                "-Dsun.net.inetaddr.ttl=0",
                "-Dsun.net.inetaddr.negative.ttl=0",
                "-Dlog4j.configurationFile=" + folder.resolve("log4j2.properties")));
        for (String opened : List.of("java.lang", "java.util", "java.net")) {
            command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        command.add("-cp");
        command.add(
                jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add("org.apache.flink.kubernetes.operator.FlinkOperator");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment()
                .putAll(Map.of(
                        // Without it the operator thinks it is at home, and looks for Flink there.
                        "KUBERNETES_SERVICE_HOST",
                                tenant.api().access().server().getHost(),
                        "KUBECONFIG", kubeconfig.toString(),
                        "FLINK_CONF_DIR", folder.toString(),
                        "FLINK_PLUGINS_DIR", folder.resolve("plugins").toString(),
                        "OPERATOR_NAME", "flink-kubernetes-operator",
                        "OPERATOR_NAMESPACE", tenant.name(),
                        "WATCH_NAMESPACES", tenant.name()));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nobody looks at its resources until it is started again. */
    void stop() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** What it has said so far. */
    Path log() {
        return folder.resolve("operator.log");
    }

    private void writeNames() {
        StringBuilder hosts = new StringBuilder("127.0.0.1 localhost\n");
        try {
            String path = "/api/v1/namespaces/" + tenant.name() + "/services";
            for (JsonNode service : Json.items(tenant.api().get(path))) {
                String address = service.path("spec").path("clusterIP").asString("");
                if (!address.equals("None")) {
                    String name = Json.name(service) + "." + tenant.name();
                    hosts.append(address).append(' ').append(name).append('\n');
                }
            }
            Path half = Files.writeString(folder.resolve("hosts.half"), hosts);
            Files.move(
                    half,
                    folder.resolve("hosts"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (KubeFailure | IOException later) {
            // The next turn writes what is there then.
        }
    }

    @Override
    public void close() {
        names.shutdownNow();
        stop();
    }
}
