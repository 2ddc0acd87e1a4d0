// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A place for jars that pods reach and that asks who they are. */
final class JarHouse implements AutoCloseable {
    static final String USER = "reader";
    static final String PASSWORD = "of jars";

    private final HttpServer server;
    private final String host = System.getenv().getOrDefault("SLUICE_TEST_HOST", "10.244.0.1");
    private final Map<String, byte[]> jars = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    JarHouse() {
        try {
            server = HttpServer.create(new InetSocketAddress(host, 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String login = USER + ":" + PASSWORD;
        String right = "Basic "
                + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        String path = exchange.getRequestURI().getPath();
        asked.add(path);
        byte[] jar = jars.get(path);
        if (!right.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.sendResponseHeaders(401, -1);
        } else if (jar == null) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            exchange.sendResponseHeaders(200, jar.length);
            exchange.getResponseBody().write(jar);
        }
        exchange.close();
    }

    String address() {
        return "http://" + host + ":" + server.getAddress().getPort() + "/maven";
    }

    /** Offers it at a path of the address. */
    void put(String path, byte[] jar) {
        jars.put("/maven/" + path, jar);
    }

    /** How often pods asked for it. */
    long asked(String path) {
        return asked.stream().filter(("/maven/" + path)::equals).count();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
