// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

/** An API server that can be made to do what a real one does seldom. It has deployments and no pods. */
final class ScriptedServer implements AutoCloseable {
    private static final String END = "";

    /** Name of each deployment to itself. */
    private final TreeMap<String, String> deployments = new TreeMap<>();

    private final List<BlockingQueue<String>> watches = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile int watchStatus = 200;
    private volatile int status = 200;

    ScriptedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    KubeAccess access() {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new KubeAccess(base, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** How often a kind was asked for in a way: {@code list}, {@code watch} or {@code get}. */
    long count(String request) {
        return requests.stream().filter(request::equals).count();
    }

    /** How many follow the deployments now. */
    int watchers() {
        return watches.size();
    }

    /** Every answer but those of watches. */
    void answerWith(int code) {
        status = code;
    }

    void answerWatchesWith(int code) {
        watchStatus = code;
    }

    void put(String name) {
        synchronized (deployments) {
            deployments.put(name, deployment(name));
        }
    }

    /** Whoever watches is told of something. */
    void tell(String type, String object) {
        watches.forEach(
                watch -> watch.add("{\"type\":\"" + type + "\",\"object\":" + object + "}"));
    }

    void endWatches() {
        watches.forEach(watch -> watch.add(END));
        watches.clear();
    }

    static String deployment(String name) {
        return "{\"metadata\":{\"name\":\"" + name + "\"}}";
    }

    private void answer(HttpExchange exchange) throws IOException {
        URI asked = exchange.getRequestURI();
        String kind = asked.getPath().contains("/pods") ? "pods" : "deployments";
        if (asked.getPath().contains("/flink.apache.org/")) {
            requests.add("operator");
            send(exchange, 404, "404 page not found");
        } else if (asked.getPath().endsWith("/deployments/sluice")) {
            requests.add("get");
            send(exchange, status == 200 ? 404 : status, "{\"message\":\"not found\"}");
        } else if (String.valueOf(asked.getQuery()).contains("watch=true")) {
            requests.add("watch " + kind);
            watch(exchange, kind);
        } else {
            requests.add("list " + kind);
            send(exchange, status, list(kind));
        }
    }

    private String list(String kind) {
        synchronized (deployments) {
            String items = kind.equals("pods")
                    ? ""
                    : deployments.values().stream().collect(Collectors.joining(","));
            return "{\"kind\":\"List\",\"metadata\":{\"resourceVersion\":\"7\"},\"items\":[" + items
                    + "]}";
        }
    }

    private void watch(HttpExchange exchange, String kind) throws IOException {
        if (watchStatus != 200) {
            send(exchange, watchStatus, "{\"message\":\"too old resource version\"}");
            return;
        }
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        exchange.sendResponseHeaders(200, 0);
        if (kind.equals("deployments")) {
            watches.add(events);
        }
        try {
            for (String event = events.take(); !event.equals(END); event = events.take()) {
                exchange.getResponseBody().write((event + "\n").getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private static void send(HttpExchange exchange, int code, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Retry-After", "7");
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
