// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A Maven repository for tests: a folder behind HTTP on the loopback address, which can be told to
 * misbehave.
 */
public final class LoopbackRepository implements AutoCloseable {
    private static final long DRIP_MILLIS = 50;

    private final Path folder;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Optional<String> credentials = Optional.empty();
    private volatile int status = 200;
    private volatile boolean dripping;
    private volatile boolean cutting;

    private LoopbackRepository(Path folder, HttpServer server) {
        this.folder = folder;
        this.server = server;
    }

    /** Serves the folder on a free port. */
    public static LoopbackRepository open(Path folder) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        LoopbackRepository repository = new LoopbackRepository(folder, server);
        server.createContext("/", repository::answer);
        server.setExecutor(repository.threads);
        server.start();
        return repository;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Puts an artifact with its checksum and a pom that asks for the given coordinates. */
    public void publish(String coordinate, byte[] jar, String... needs) {
        String[] parts = coordinate.split(":");
        String base = parts[1] + "-" + parts[2];
        Path place =
                folder.resolve(parts[0].replace('.', '/')).resolve(parts[1]).resolve(parts[2]);
        write(place.resolve(base + ".jar"), jar);
        write(
                place.resolve(base + ".pom"),
                pom(parts, List.of(needs)).getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file with its SHA-1 beside it. */
    public void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            Files.writeString(file.resolveSibling(file.getFileName() + ".sha1"), sha1(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers only to this user from now on. */
    public void demand(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        credentials = Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /** Answers everything with this status from now on; 200 is the ordinary way. */
    public void answerWith(int code) {
        status = code;
    }

    /** Sends jars a byte at a time from now on. */
    public void drip() {
        dripping = true;
    }

    /** Breaks off each jar in its middle, or sends it whole again. */
    public void cut(boolean inTheMiddle) {
        cutting = inTheMiddle;
    }

    /** Paths that were asked for, in order. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.add(path);
            Path file = folder.resolve(path.substring(1));
            String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            if (credentials.isPresent() && !credentials.get().equals(given)) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"test\"");
                exchange.sendResponseHeaders(401, -1);
            } else if (status != 200) {
                exchange.getResponseHeaders().add("Location", "http://example.invalid/");
                exchange.sendResponseHeaders(status, -1);
            } else if (Files.isRegularFile(file)) {
                send(exchange, path, Files.readAllBytes(file));
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(HttpExchange exchange, String path, byte[] bytes)
            throws IOException, InterruptedException {
        exchange.sendResponseHeaders(200, bytes.length);
        OutputStream body = exchange.getResponseBody();
        boolean isJar = path.endsWith(".jar");
        int end = isJar && cutting ? bytes.length / 2 : bytes.length;
        for (int at = 0; isJar && dripping && at < end; at++) {
            body.write(bytes, at, 1);
            body.flush();
            TimeUnit.MILLISECONDS.sleep(DRIP_MILLIS);
        }
        if (!isJar || !dripping) {
            body.write(bytes, 0, end);
        }
    }

    private static String pom(String[] parts, List<String> needs) {
        StringBuilder pom = new StringBuilder("<project><modelVersion>4.0.0</modelVersion>");
        coordinate(pom, parts);
        pom.append("<dependencies>");
        for (String need : needs) {
            pom.append("<dependency>");
            coordinate(pom, need.split(":"));
            pom.append("</dependency>");
        }
        // As many poms have it; whoever resolves has to know a Java version then.
        return pom.append("</dependencies><profiles><profile><id>old</id><activation>")
                .append("<jdk>[1.5,9)</jdk></activation></profile></profiles></project>")
                .toString();
    }

    /** {@code group:name:version[:scope]}; the scope {@code optional} is the flag of that name. */
    private static void coordinate(StringBuilder pom, String[] parts) {
        pom.append("<groupId>").append(parts[0]).append("</groupId>");
        pom.append("<artifactId>").append(parts[1]).append("</artifactId>");
        pom.append("<version>").append(parts[2]).append("</version>");
        if (parts.length > 3) {
            pom.append(
                    parts[3].equals("optional")
                            ? "<optional>true</optional>"
                            : "<scope>" + parts[3] + "</scope>");
        }
    }

    private static String sha1(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
