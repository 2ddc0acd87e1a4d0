// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.versions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers of a real JobManager, compared with those recorded of its version, on which the reader is
 * tested. With {@code -Dsluice.record=true} they are recorded instead.
 */
final class Answers {
    private static final Path FOLDER =
            Path.of("..", "drivers", "rest", "src", "test", "resources", "answers");

    /** What nobody reads and what differs from run to run: the last checkpoint may be a failed one. */
    private static final List<String> UNREAD = List.of(".history", ".metrics", ".summary");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String version;
    private final URI base;
    private final Path directory;
    private final HttpClient client = HttpClient.newHttpClient();

    /** @param directory of this run; no recording names it */
    Answers(String version, URI base, Path directory) {
        this.version = version;
        this.base = base;
        this.directory = directory;
    }

    /** Gets a path and compares the shape of the answer with the recorded one. */
    JsonNode get(String name, String path) {
        return check(name, HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    JsonNode post(String name, String path, Object body) {
        String text = JSON.writeValueAsString(body);
        return check(
                name,
                HttpRequest.newBuilder(base.resolve(path)).POST(BodyPublishers.ofString(text)));
    }

    /** Sends a request whose answer is not recorded; its status. */
    int send(String path, Object body) {
        String text = JSON.writeValueAsString(body);
        return exchange(HttpRequest.newBuilder(base.resolve(path))
                        .POST(BodyPublishers.ofString(text)))
                .statusCode();
    }

    /** An answer that is not compared. */
    JsonNode read(String path) {
        return JSON.readTree(
                exchange(HttpRequest.newBuilder(base.resolve(path)).GET()).body());
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(version + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private JsonNode check(String name, HttpRequest.Builder request) {
        Path file = FOLDER.resolve(version).resolve(name + ".json");
        HttpResponse<String> response = exchange(request);
        try {
            ObjectNode answer = JSON.createObjectNode();
            answer.put("status", response.statusCode());
            answer.set("body", plain(JSON.readTree(response.body())));
            if (Boolean.getBoolean("sluice.record")) {
                Files.createDirectories(file.getParent());
                String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer);
                Files.writeString(file, text + "\n");
            }
            JsonNode recorded = JSON.readTree(Files.readString(file));
            List<String> differences = new ArrayList<>();
            compare(recorded, answer, name, differences);
            assertEquals(recorded.get("status"), answer.get("status"), () -> version + " " + name);
            assertEquals(List.of(), differences, () -> version + " " + name);
            return answer.get("body");
        } catch (IOException e) {
            throw new AssertionError(version + " " + name + ": " + e, e);
        }
    }

    /** Without folders of this run and without stack frames. */
    private JsonNode plain(JsonNode node) {
        if (node.isString()) {
            String text = node.stringValue().replace(directory.toString(), "/data");
            return JsonNodeFactory.instance.stringNode(
                    text.replaceAll("\\n\\s*(at |\\.\\.\\. )[^\\n]*", ""));
        }
        if (node.isArray()) {
            ArrayNode elements = JSON.createArrayNode();
            node.forEach(element -> elements.add(plain(element)));
            return elements;
        }
        if (node.isObject()) {
            ObjectNode fields = JSON.createObjectNode();
            for (Entry<String, JsonNode> field : fields(node).entrySet()) {
                boolean isOpaque = field.getKey().equals("serialized-throwable");
                fields.set(
                        field.getKey(),
                        isOpaque
                                ? JsonNodeFactory.instance.stringNode("left out")
                                : plain(field.getValue()));
            }
            return fields;
        }
        return node;
    }

    /** Each field of the recorded answer is there in the real one, with a value of its kind. */
    private static void compare(
            JsonNode recorded, JsonNode real, String path, List<String> differences) {
        boolean isUnread = UNREAD.stream().anyMatch(path::endsWith);
        if (isUnread || recorded.isNull() || real.isNull()) {
            return;
        }
        if (!recorded.getNodeType().equals(real.getNodeType())) {
            differences.add(path + ": " + recorded.getNodeType() + " -> " + real.getNodeType());
        } else if (recorded.isObject()) {
            fields(recorded).forEach((name, value) -> {
                if (real.has(name)) {
                    compare(value, real.get(name), path + "." + name, differences);
                } else {
                    differences.add(path + "." + name + " is missing");
                }
            });
        } else if (recorded.isArray() && !recorded.isEmpty() && !real.isEmpty()) {
            compare(recorded.get(0), real.get(0), path + "[]", differences);
        }
    }

    private static Map<String, JsonNode> fields(JsonNode node) {
        Map<String, JsonNode> fields = new TreeMap<>();
        node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }
}
