// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.isolation.NativeCluster;
import dev.sluice.drive.kubernetes.Delivery.Part;
import dev.sluice.drive.rest.FileStateStorage;
import dev.sluice.drive.rest.FolderFiles;
import dev.sluice.spec.Digest;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Trials at an API server that has one pod at most. */
class TrialTest {
    private static final JobKey KEY = new JobKey("repo", "test", "shop", "orders");
    private static final JobSpec SPEC = new SampleJob(
                    KEY, "1.20", "", 1, FlinkTarget.Mode.APPLICATION)
            .effective()
            .spec();
    private static final Evidence EVIDENCE = Evidence.of("image", "flink@sha256:1");
    private static final String PODS = "/api/v1/namespaces/flink/pods";

    private final List<String> changes = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Optional<ObjectNode> pod = Optional.empty();

    @TempDir
    Path folder;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean isPod = path.startsWith(PODS + "/");
        if (!method.equals("GET")) {
            changes.add(method + " " + path);
        }
        if (method.equals("POST") && path.equals(PODS)) {
            pod = Optional.of(Json.read(sent));
        }
        String answer = isPod ? pod.map(Object::toString).orElse("{}") : "{\"items\":[]}";
        int status = method.equals("GET") && isPod && pod.isEmpty() ? 404 : 200;
        if (method.equals("DELETE") && isPod) {
            pod = Optional.empty();
        }
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void aProgramThatAPodHasLoadedCanBeStarted() {
        assertInstanceOf(Outcome.Waiting.class, look("one"));
        ended("Succeeded", "{\"exitCode\":0}");

        assertEquals(new Outcome.Done(EVIDENCE), look("one"));
        assertTrue(pod.isEmpty(), "it is removed");
    }

    @Test
    void whatAPodCouldNotLoadIsToldInItsWords() {
        look("one");
        ended("Failed", "{\"exitCode\":4,\"message\":\"http://x/a.jar is not there\"}");

        Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, look("one"));

        assertTrue(failed.retryable());
        assertTrue(failed.cause().contains("http://x/a.jar is not there"), failed::cause);
        assertTrue(pod.isEmpty());
    }

    @Test
    void otherBytesAreForGood() {
        look("one");
        ended("Failed", "{\"exitCode\":3,\"message\":\"a.jar has SHA-256 1\"}");

        assertFalse(assertInstanceOf(Outcome.Failed.class, look("one")).retryable());
    }

    @Test
    void whatWasTriedForAnEarlierProgramProvesNothing() {
        look("one");
        ended("Succeeded", "{\"exitCode\":0}");

        assertInstanceOf(Outcome.Waiting.class, look("two"));
        assertTrue(pod.isEmpty());
        assertInstanceOf(Outcome.Waiting.class, look("two"));
        assertTrue(pod.isPresent());
    }

    @Test
    void aPodOfThatNameThatIsAnothersIsNotTouched() {
        look("one");
        pod.orElseThrow().withObject("metadata").putObject("labels").put("app", "other");
        changes.clear();

        assertFalse(assertInstanceOf(Outcome.Failed.class, look("one")).retryable());
        assertEquals(List.of(), changes);
    }

    private synchronized void ended(String phase, String terminated) {
        ObjectNode status = pod.orElseThrow().putObject("status").put("phase", phase);
        ObjectNode container =
                status.putArray("containerStatuses").addObject().put("name", "sluice-program");
        container.putObject("state").set("terminated", Json.read(terminated));
    }

    private Outcome look(String content) {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        KubeAccess access =
                new KubeAccess(address, Optional.empty(), Optional.empty(), Optional.empty());
        Clock clock = Clock.systemUTC();
        FolderFiles files = new FolderFiles(folder);
        FileStateStorage storage = new FileStateStorage(files);
        try (Namespace namespace = new Namespace(new KubeApi(access, clock), "flink", clock)) {
            Applications applications = new Applications(
                    namespace, storage, new JobResults(files), new PodLogs(folder), clock);
            Sessions sessions = new Sessions(namespace, storage, clock);
            Launching launching = new Launching(applications, sessions, storage, clock);
            LoadedProgram program = program(content);
            return new Trial(launching, namespace, clock)
                    .look(SPEC, program, () -> cluster(program), EVIDENCE);
        }
    }

    private static LoadedProgram program(String content) {
        Delivery delivery = Delivery.of(
                new TreeMap<>(Map.of("artifacts.delivery", "initFetch")),
                URI.create("https://maven.example.com/"));
        Part part = new Part(Digest.of(content), "a.jar", "http://x/a.jar");
        return new LoadedProgram(delivery, List.of(part), Optional.empty());
    }

    private static NativeCluster cluster(LoadedProgram program) {
        String id = new Attempt(KEY, 1).clusterId();
        ObjectNode deployment = Json.object();
        deployment.putObject("metadata").put("name", id);
        deployment
                .putObject("spec")
                .set(
                        "template",
                        program.into(
                                Json.read("{\"spec\":{\"containers\":[{\"name\":"
                                        + "\"flink-main-container\",\"image\":\"f\"}]}}"),
                                id));
        return new NativeCluster(deployment.toString(), List.of());
    }
}
