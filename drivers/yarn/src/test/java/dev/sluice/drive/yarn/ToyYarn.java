// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.isolation.CompileRequest;
import dev.sluice.drive.isolation.WorkerFailure;
import dev.sluice.drive.isolation.YarnCommands;
import dev.sluice.drive.isolation.YarnSubmission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * As much of YARN as its ResourceManager tells over REST, and of Flink as one JobManager tells of all
 * jobs. It loses answers when it is told to. Takes an application id once, as the real one does.
 */
final class ToyYarn implements YarnCommands, AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, String> states = new ConcurrentSkipListMap<>();
    private final Map<String, String> tags = new TreeMap<>();
    private final Map<String, String> diagnostics = new ConcurrentSkipListMap<>();
    private final Map<String, String> jobs = new ConcurrentSkipListMap<>();
    private final Set<String> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger reserved = new AtomicInteger();
    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicInteger submissions = new AtomicInteger();
    private final AtomicReference<YarnSubmission> last = new AtomicReference<>();
    private final AtomicReference<Optional<String>> refusal =
            new AtomicReference<>(Optional.empty());
    private final AtomicInteger graphs = new AtomicInteger();
    private final AtomicReference<Optional<String>> mistake =
            new AtomicReference<>(Optional.empty());
    private final Set<String> ran = ConcurrentHashMap.newKeySet();
    private final AtomicReference<String> scheduler = new AtomicReference<>("{}");
    private final AtomicReference<String> labels = new AtomicReference<>("{}");
    private final AtomicReference<String> nodes = new AtomicReference<>("{}");
    private final Map<String, Instant> ends = new ConcurrentSkipListMap<>();
    private final AtomicReference<Runnable> atReservation = new AtomicReference<>(() -> {});
    private volatile boolean isHiding;
    private volatile boolean isLosing;
    private volatile boolean isAway;
    private volatile Recovery recovery = Recovery.OVER;
    private volatile long startedOn = 1000;

    /** How far a ResourceManager that restarts has come; until the end it lists nothing. */
    enum Recovery {
        BEGUN,
        OVER_AFTER_NEXT_QUESTION,
        OVER
    }

    ToyYarn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/ws/v1/cluster/apps", this::applications);
        server.createContext("/ws/v1/cluster/info", this::info);
        server.createContext("/ws/v1/cluster/nodes", told(nodes));
        server.createContext("/ws/v1/cluster/scheduler", told(scheduler));
        server.createContext("/ws/v1/cluster/get-node-labels", told(labels));
        server.createContext("/jobs", this::jobs);
        server.createContext("/cluster", exchange -> answer(exchange, 202, "{}"));
        server.setExecutor(threads);
        server.start();
    }

    /** What {@code scheduler} says of queues. */
    void queues(String type, String queues) {
        scheduler.set("{\"scheduler\":{\"schedulerInfo\":{\"type\":\"" + type
                + "\",\"queueName\":\"root\",\"queues\":{\"queue\":" + queues + "}}}}");
    }

    /** What {@code get-node-labels} answers. */
    void labels(String json) {
        labels.set(json);
    }

    private static HttpHandler told(AtomicReference<String> answer) {
        return exchange -> answer(exchange, 200, answer.get());
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next submission arrives, and its answer does not. */
    void loseAnswers(boolean loses) {
        isLosing = loses;
    }

    /** Flink's client takes no application to YARN, for this reason. */
    void refuse(String reason) {
        refusal.set(Optional.of(reason));
    }

    /** No program compiles any more. */
    void mistake(String words) {
        mistake.set(Optional.of(words));
    }

    /** How many graphs were made. */
    int graphs() {
        return graphs.get();
    }

    /** Where masters answer is told to others only. */
    void hideAddresses() {
        isHiding = true;
    }

    /** The ResourceManager is failing over. */
    void beAway(boolean away) {
        isAway = away;
    }

    /** The ResourceManager restarts at this time, and has come so far. */
    void restart(Instant when, Recovery state) {
        startedOn = when.toEpochMilli();
        recovery = state;
    }

    /** An application is over since then. */
    void end(String id, String state, String why, Instant when) {
        diagnostics.put(id, why);
        ends.put(id, when);
        states.put(id, state);
    }

    /** One more tag. */
    void tag(String id, String tag) {
        tags.merge(id, tag, (before, more) -> before + "," + more);
    }

    /** The state of the only node. */
    void node(String state) {
        nodes.set("{\"nodes\":{\"node\":[{\"state\":\"" + state + "\",\"lastHealthUpdate\":"
                + Instant.now().toEpochMilli() + "}]}}");
    }

    /** What happens while the next id is given. */
    void atNextReservation(Runnable action) {
        atReservation.set(action);
    }

    /** Nothing is known any more of what runs. */
    void forget() {
        states.clear();
    }

    /** An application that is there without a submission. */
    void put(String id, String state, String tagged) {
        tags.put(id, tagged);
        states.put(id, state);
    }

    void become(String id, String state) {
        states.put(id, state);
        if (state.equals("RUNNING")) {
            ran.add(id);
        }
    }

    /** What the JobManager says of a job. */
    void job(String id, String status) {
        jobs.put(id, status);
    }

    /** YARN lost the node of the first master and begins a second, which ends at once. */
    void tryAgain(String id) {
        ran.add(id);
        states.put(id, "ACCEPTED");
    }

    Set<String> applications() {
        return states.keySet();
    }

    String state(String id) {
        return states.get(id);
    }

    int submissions() {
        return submissions.get();
    }

    /** The newest submission. */
    YarnSubmission last() {
        return last.get();
    }

    int questions() {
        return questions.get();
    }

    int connections() {
        return clients.size();
    }

    @Override
    public String reserve(FlinkHome home) {
        atReservation.getAndSet(() -> {}).run();
        return "application_1_" + String.format("%04d", reserved.incrementAndGet());
    }

    @Override
    public Optional<String> submit(FlinkHome home, YarnSubmission submission) throws WorkerFailure {
        submissions.incrementAndGet();
        last.set(submission);
        if (refusal.get().isPresent()) {
            return refusal.get();
        }
        tags.putIfAbsent(submission.application(), submission.configuration().get("yarn.tags"));
        states.putIfAbsent(submission.application(), "ACCEPTED");
        if (isLosing) {
            throw new WorkerFailure(WorkerFailure.Kind.DIED, "the answer was lost");
        }
        return Optional.empty();
    }

    @Override
    public void graph(FlinkHome home, CompileRequest program, Path file) throws WorkerFailure {
        graphs.incrementAndGet();
        if (mistake.get().isPresent()) {
            throw new WorkerFailure(WorkerFailure.Kind.PROGRAM, mistake.get().get());
        }
        try {
            Files.writeString(file, program.jar() + " " + program.configuration());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void kill(FlinkHome home, String application, String reason) {
        diagnostics.put(application, "killed by user joe: " + reason);
        states.put(application, "KILLED");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void applications(HttpExchange exchange) throws IOException {
        questions.incrementAndGet();
        clients.add(exchange.getRemoteAddress().toString());
        if (isAway) {
            answer(exchange, 503, "failing over");
            return;
        }
        boolean isEmpty = recovery != Recovery.OVER;
        if (recovery == Recovery.OVER_AFTER_NEXT_QUESTION) {
            recovery = Recovery.OVER;
        }
        String[] path = exchange.getRequestURI().getPath().split("/");
        if (path.length > 5 && !isEmpty) {
            application(exchange, path[5], path.length > 6);
            return;
        }
        String wanted =
                exchange.getRequestURI().getQuery().replaceAll(".*applicationTags=([^&]*).*", "$1");
        String found = states.entrySet().stream()
                .filter(entry -> !isEmpty)
                .filter(entry -> Set.of(tags.get(entry.getKey()).split(",")).contains(wanted))
                .map(entry -> application(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(","));
        answer(
                exchange,
                200,
                found.isEmpty() ? "{\"apps\":{}}" : "{\"apps\":{\"app\":[" + found + "]}}");
    }

    private void info(HttpExchange exchange) throws IOException {
        String state = recovery == Recovery.OVER ? "ACTIVE" : "INITIALIZING";
        answer(
                exchange,
                200,
                "{\"clusterInfo\":{\"startedOn\":" + startedOn + ",\"haState\":\"" + state
                        + "\"}}");
    }

    private void application(HttpExchange exchange, String id, boolean isOfTries)
            throws IOException {
        String state = states.get(id);
        if (state == null) {
            answer(exchange, 404, "{\"message\":\"app with id: " + id + " not found\"}");
        } else if (isOfTries) {
            String container = ran.contains(id) ? "container_1" : "";
            String first = "{\"id\":1,\"containerId\":\"" + container + "\"}";
            answer(exchange, 200, "{\"appAttempts\":{\"appAttempt\":[" + first + "]}}");
        } else {
            answer(exchange, 200, "{\"app\":" + application(id, state) + "}");
        }
    }

    private String application(String id, String state) {
        String address = state.equals("RUNNING") && !isHiding
                ? ",\"amRPCAddress\":\"127.0.0.1:" + server.getAddress().getPort() + "\""
                : "";
        return "{\"id\":\"" + id + "\",\"name\":\"orders\",\"queue\":\"default\",\"state\":\""
                + state + "\",\"finalStatus\":\"UNDEFINED\",\"diagnostics\":\""
                + diagnostics.getOrDefault(id, "queue is full") + "\","
                + "\"startedTime\":1000,\"finishedTime\":"
                + ends.getOrDefault(id, Instant.EPOCH).toEpochMilli() + ",\"applicationTags\":\""
                + tags.get(id) + "\"" + address
                + "}";
    }

    private void jobs(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/jobs/overview")) {
            String all = jobs.entrySet().stream()
                    .map(job -> "{\"jid\":\"" + job.getKey() + "\",\"name\":\"n\",\"state\":\""
                            + job.getValue() + "\",\"start-time\":1000}")
                    .collect(Collectors.joining(","));
            answer(exchange, 200, "{\"jobs\":[" + all + "]}");
            return;
        }
        String id = path.split("/")[2];
        String status = jobs.get(id);
        if (status == null) {
            answer(exchange, 404, "{\"errors\":[\"Job " + id + " not found\"]}");
        } else if (path.endsWith("/status")) {
            answer(exchange, 200, "{\"status\":\"" + status + "\"}");
        } else {
            answer(
                    exchange,
                    200,
                    "{\"jid\":\"" + id + "\",\"state\":\"" + status
                            + "\",\"timestamps\":{\"RUNNING\":1000},\"vertices\":[]}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
