// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * A NameNode with its DataNode, in memory. As in the real one a rename refuses a name that is taken and
 * one in a folder that is not there.
 */
final class ToyHdfs implements AutoCloseable {
    private static final String PREFIX = "/webhdfs/v1";

    private final HttpServer server;
    private final Map<String, String> files = new ConcurrentSkipListMap<>();
    private final Set<String> folders = ConcurrentHashMap.newKeySet();
    private final Set<String> written = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Runnable> onWrite = new AtomicReference<>(() -> {});

    ToyHdfs() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(PREFIX, this::handle);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What happens when the bytes of a file have arrived. */
    void onWrite(Runnable event) {
        onWrite.set(event);
    }

    void put(String file, String content) {
        files.put(file, content);
        folders.add(parent(file));
    }

    SortedMap<String, String> files() {
        return new TreeMap<>(files);
    }

    /** Folders into which bytes were ever written. */
    Set<String> written() {
        return written;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath().substring(PREFIX.length());
        Map<String, String> query = Arrays.stream(
                        exchange.getRequestURI().getQuery().split("&"))
                .map(part -> part.split("=", 2))
                .collect(Collectors.toMap(part -> part[0], part -> part[1]));
        switch (query.get("op")) {
            case "CREATE" -> {
                exchange.getResponseHeaders()
                        .add("Location", address() + PREFIX + path + "?op=WRITE");
                answer(exchange, 307, "");
            }
            case "WRITE" -> {
                put(path, body);
                written.add(parent(path));
                onWrite.get().run();
                answer(exchange, 201, "");
            }
            case "MKDIRS" -> {
                folders.add(path);
                answer(exchange, 200, truth(true));
            }
            case "RENAME" -> answer(exchange, 200, truth(rename(path, query.get("destination"))));
            case "DELETE" -> answer(exchange, 200, truth(files.remove(path) != null));
            case "LISTSTATUS" -> answer(exchange, 200, list(path));
            default -> answer(exchange, 400, "{}");
        }
    }

    private boolean rename(String from, String to) {
        if (files.containsKey(to) || !folders.contains(parent(to))) {
            return false;
        }
        files.put(to, files.remove(from));
        return true;
    }

    private String list(String folder) {
        String found = files.entrySet().stream()
                .filter(file -> parent(file.getKey()).equals(folder))
                .map(file -> "{\"type\":\"FILE\",\"pathSuffix\":\""
                        + file.getKey().substring(folder.length() + 1) + "\",\"length\":"
                        + file.getValue().length() + "}")
                .collect(Collectors.joining(","));
        return "{\"FileStatuses\":{\"FileStatus\":[" + found + "]}}";
    }

    private static String parent(String file) {
        return file.substring(0, file.lastIndexOf('/'));
    }

    private static String truth(boolean is) {
        return "{\"boolean\":" + is + "}";
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
