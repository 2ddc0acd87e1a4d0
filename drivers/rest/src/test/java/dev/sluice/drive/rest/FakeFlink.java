// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A JobManager's REST interface that answers what a test tells it to, on the loopback address. */
final class FakeFlink implements AutoCloseable {
    /** Answers a call as a test wants, broken connections included. */
    @FunctionalInterface
    interface Answer {
        void give(HttpExchange call) throws IOException;
    }

    private final String scheme;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    FakeFlink() {
        this(FakeFlink::plain, "http");
    }

    /** Answers over TLS, to clients whose certificate the context trusts. */
    static FakeFlink secured(SSLContext context) {
        return new FakeFlink(address -> secured(address, context), "https");
    }

    @FunctionalInterface
    private interface Making {
        HttpServer at(InetSocketAddress address) throws IOException;
    }

    private FakeFlink(Making making, String scheme) {
        this.scheme = scheme;
        try {
            server = making.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    private static HttpServer plain(InetSocketAddress address) throws IOException {
        return HttpServer.create(address, 0);
    }

    private static HttpServer secured(InetSocketAddress address, SSLContext context)
            throws IOException {
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        return server;
    }

    URI address() {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
    }

    /** @param call method and path, such as {@code GET /jobs/overview} */
    FakeFlink on(String call, int status, String body) {
        return on(call, exchange -> send(exchange, status, body));
    }

    FakeFlink on(String call, Answer answer) {
        answers.put(call, answer);
        return this;
    }

    /** Method, path and body of the calls that could have an effect. */
    List<String> effects() {
        return calls.stream().filter(call -> !call.startsWith("GET ")).toList();
    }

    /** How often it was called. */
    int calls() {
        return calls.size();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String call =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        calls.add(call + " " + new String(body, StandardCharsets.UTF_8));
        Answer unknown = lost -> send(lost, 404, "{\"errors\":[\"Not found: /" + call + "\"]}");
        answers.getOrDefault(call, unknown).give(exchange);
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
