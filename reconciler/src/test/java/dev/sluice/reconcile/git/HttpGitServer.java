// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** The real {@code git http-backend} behind the JDK's web server, for one user with a password. */
final class HttpGitServer implements AutoCloseable {
    private final Path root;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicReference<String> password = new AtomicReference<>();
    private static final long DRIP = -1;

    private final AtomicInteger status = new AtomicInteger(200);
    private final AtomicLong most = new AtomicLong(Long.MAX_VALUE);
    private final AtomicReference<String> redirect = new AtomicReference<>("");

    HttpGitServer(Path root, String password) throws IOException {
        this.root = root;
        this.password.set(password);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
    }

    void changePassword(String next) {
        password.set(next);
    }

    /** Answers every request with this status and a page of HTML. */
    void answerWith(int next) {
        status.set(next);
    }

    /** Ends the connection after so many bytes of each body. */
    void cutOffAfter(long bytes) {
        most.set(bytes);
    }

    /** Sends a byte now and then, for ever. */
    void drip() {
        most.set(DRIP);
    }

    /** Is a good server again. */
    void recover() {
        status.set(200);
        most.set(Long.MAX_VALUE);
    }

    /** Sends every request to another place from now on. */
    void redirectTo(String url) {
        redirect.set(url);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!redirect.get().isEmpty()) {
                String path = exchange.getRequestURI().toString();
                exchange.getResponseHeaders().add("Location", redirect.get() + path);
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            if (status.get() != 200) {
                byte[] page = "<html>down</html>".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status.get(), page.length);
                exchange.getResponseBody().write(page);
                return;
            }
            String expected = "Basic "
                    + Base64.getEncoder()
                            .encodeToString(
                                    ("ann:" + password.get()).getBytes(StandardCharsets.UTF_8));
            if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            backend(exchange);
        }
    }

    private void backend(HttpExchange exchange) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
        Map<String, String> variables = builder.environment();
        variables.put("GIT_PROJECT_ROOT", root.toString());
        variables.put("GIT_HTTP_EXPORT_ALL", "1");
        variables.put("PATH_INFO", exchange.getRequestURI().getPath());
        variables.put("REQUEST_METHOD", exchange.getRequestMethod());
        variables.put("QUERY_STRING", text(exchange.getRequestURI().getQuery()));
        variables.put("CONTENT_TYPE", text(header(exchange, "Content-Type")));
        variables.put("HTTP_CONTENT_ENCODING", text(header(exchange, "Content-Encoding")));
        variables.put("GIT_PROTOCOL", text(header(exchange, "Git-Protocol")));
        variables.put("REMOTE_USER", "ann");
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            exchange.getRequestBody().transferTo(in);
        }
        copy(process.getInputStream(), exchange);
    }

    private void copy(InputStream out, HttpExchange exchange) throws IOException {
        int status = 200;
        for (String line = line(out); !line.isEmpty(); line = line(out)) {
            String[] header = line.split(": ", 2);
            if (header[0].equals("Status")) {
                status = Integer.parseInt(header[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(header[0], header[1]);
            }
        }
        byte[] whole = out.readAllBytes();
        // With the length announced, a body that ends early is seen to be cut off.
        exchange.sendResponseHeaders(status, whole.length == 0 ? -1 : whole.length);
        OutputStream body = exchange.getResponseBody();
        if (most.get() == DRIP) {
            drip(whole, body);
            return;
        }
        int sent = (int) Math.min(whole.length, most.get());
        body.write(whole, 0, sent);
        body.flush();
    }

    private static void drip(byte[] whole, OutputStream body) throws IOException {
        for (byte next : whole) {
            body.write(next);
            body.flush();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n' && next >= 0; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static String header(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
