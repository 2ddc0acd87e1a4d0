// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.drive.rest.FileStateStorage;
import dev.sluice.drive.rest.FolderFiles;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An API server whose answers are written down before, and that writes down what it is to change. */
final class CannedServer implements AutoCloseable {
    static final String OPERATED =
            "/apis/flink.apache.org/v1beta1/namespaces/flink/flinkdeployments";

    private record Answer(int status, String body) {}

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    CannedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** What is asked for by this method and path, whatever the query; nothing else is there. */
    void answer(String request, int status, String body) {
        answers.put(request, new Answer(status, body));
    }

    /** The kind in this namespace has these objects. */
    void list(String path, String... objects) {
        answer("GET " + path, 200, list(objects));
    }

    private static String list(String... objects) {
        return "{\"kind\":\"List\",\"items\":[" + String.join(",", objects) + "]}";
    }

    /** What was asked for that would change something, with its query. */
    List<String> changes() {
        return List.copyOf(changes);
    }

    private void answer(HttpExchange exchange) throws IOException {
        URI asked = exchange.getRequestURI();
        String method = exchange.getRequestMethod();
        if (!method.equals("GET")) {
            changes.add(method + " " + asked);
        }
        boolean isList = asked.getPath().matches(".*/namespaces/flink/[a-z]+");
        Answer none = isList && method.equals("GET")
                ? new Answer(200, list())
                : new Answer(method.equals("GET") ? 404 : 200, "{\"message\":\"not found\"}");
        Answer answer = answers.getOrDefault(method + " " + asked.getPath(), none);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    KubeApi api() {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        KubeAccess access =
                new KubeAccess(address, Optional.empty(), Optional.empty(), Optional.empty());
        return new KubeApi(access, Clock.systemUTC());
    }

    /** Attempts of namespace {@code flink}, whose storage is a folder. */
    Applications applications(Path folder) {
        FolderFiles files = new FolderFiles(folder);
        return new Applications(
                new Namespace(api(), "flink", Clock.systemUTC()),
                new FileStateStorage(files),
                new JobResults(files),
                new PodLogs(folder),
                Clock.systemUTC());
    }

    /** What ends them. */
    Ending ending(Path folder) {
        Applications applications = applications(folder);
        FileStateStorage storage = new FileStateStorage(new FolderFiles(folder));
        Clock clock = Clock.systemUTC();
        Sessions sessions = new Sessions(applications.namespace(), storage, clock);
        SessionAbsence shared =
                new SessionAbsence(applications.namespace(), sessions, "pods", new TreeMap<>());
        return new Ending(applications, sessions, shared, storage, clock);
    }

    /** A resource of the operator. */
    static String operated(Attempt attempt, String metadata, String status) {
        StringBuilder labels = new StringBuilder();
        attempt.labels()
                .forEach((name, value) -> labels.append(labels.isEmpty() ? "" : ",")
                        .append('"')
                        .append(name)
                        .append("\":\"")
                        .append(value)
                        .append('"'));
        return "{\"kind\":\"FlinkDeployment\",\"metadata\":{\"name\":\"" + attempt.clusterId()
                + "\",\"uid\":\"u\",\"creationTimestamp\":\"2026-01-01T00:00:00Z\",\"labels\":{"
                + labels + "}" + metadata + "},\"status\":" + status + "}";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
