// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks at one JobManager. */
public final class FlinkEyes implements Eyes {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<String> OVER = List.of("FINISHED", "CANCELED", "FAILED");

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();
    private volatile URI flink;

    public FlinkEyes(URI flink) {
        this.flink = requireNonNull(flink, "flink is null");
    }

    /**
     * Ids of all jobs that have not ended. The overview may put states of different moments together,
     * so where it shows several, each is asked once more, in turn.
     */
    @Override
    public List<String> live() throws IOException, InterruptedException {
        List<String> live = new ArrayList<>();
        for (JsonNode job : get("/jobs/overview").path("jobs")) {
            if (!OVER.contains(job.path("state").asString())) {
                live.add(job.path("jid").asString());
            }
        }
        if (live.size() > 1) {
            for (String job : List.copyOf(live)) {
                String state = get("/jobs/" + job + "/status").path("status").asString();
                if (OVER.contains(state)) {
                    live.remove(job);
                }
            }
        }
        return live;
    }

    void lookAt(URI address) {
        flink = address;
    }

    int port() {
        return flink.getPort();
    }

    /** Cancels a job as a person would. */
    void cancel(String job) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(flink.resolve("/jobs/" + job + "?mode=cancel"))
                .method("PATCH", HttpRequest.BodyPublishers.noBody())
                .build();
        client.send(request, HttpResponse.BodyHandlers.discarding());
    }

    @Override
    public String restoredFrom(String job) throws IOException, InterruptedException {
        return get("/jobs/" + job + "/checkpoints")
                .path("latest")
                .path("restored")
                .path("external_path")
                .asString("");
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(flink.resolve(path)).timeout(PATIENCE).build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("Flink answered " + answer.statusCode() + " to GET " + path);
        }
        return json.readTree(answer.body());
    }
}
