// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Flink's REST interface, with no code of Sluice between: the floor that nothing can go below. Looks
 * again every 10 milliseconds.
 */
final class RawRest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long POLL_MILLIS = 10;

    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    RawRest(URI address) {
        this.address = address;
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address.resolve(path)).GET());
    }

    JsonNode post(String path, Map<String, Object> body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    void cancel(String job) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(address.resolve("/jobs/" + job))
                .method("PATCH", BodyPublishers.noBody()));
    }

    /** Uploads a jar; its id. */
    String upload(Path jar) throws IOException, InterruptedException {
        String boundary = "boundary-of-the-benchmark";
        String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"jarfile\";"
                + " filename=\"" + jar.getFileName() + "\"\r\n"
                + "Content-Type: application/x-java-archive\r\n\r\n";
        BodyPublisher body = BodyPublishers.ofByteArrays(List.of(
                head.getBytes(),
                Files.readAllBytes(jar),
                ("\r\n--" + boundary + "--\r\n").getBytes()));
        String name = send(HttpRequest.newBuilder(address.resolve("/jars/upload"))
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(body))
                .path("filename")
                .asString();
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** Asks again and again until the answer is as expected. */
    JsonNode await(String path, Predicate<JsonNode> expected, Duration patience)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        String seen = "nothing";
        while (System.nanoTime() < end) {
            try {
                JsonNode answer = get(path);
                if (expected.test(answer)) {
                    return answer;
                }
                seen = answer.toString();
            } catch (IOException e) {
                seen = e.toString();
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new IOException(path + " is not as expected: " + seen);
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }
}
