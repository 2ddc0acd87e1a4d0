// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.demo;

import dev.sluice.spec.JobId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An independent look at Flink's REST interface: it shares no code with the drivers, so that the
 * demo does not believe the controller's own eyes.
 */
final class FlinkWitness {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();

    /** The path a job says it was restored from; empty when it started empty. */
    Optional<String> restoredFrom(URI cluster, JobId job) throws IOException, InterruptedException {
        JsonNode path = get(cluster, "/jobs/" + job + "/checkpoints")
                .path("latest")
                .path("restored")
                .path("external_path");
        return path.isString() ? Optional.of(path.asString()) : Optional.empty();
    }

    /** Ids of jobs of that display name which have not ended. */
    List<String> live(URI cluster, String name) throws IOException, InterruptedException {
        List<String> live = new ArrayList<>();
        for (JsonNode job : get(cluster, "/jobs/overview").path("jobs")) {
            boolean over = List.of("FINISHED", "CANCELED", "FAILED")
                    .contains(job.path("state").asString());
            if (job.path("name").asString().equals(name) && !over) {
                live.add(job.path("jid").asString());
            }
        }
        return live;
    }

    private JsonNode get(URI cluster, String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(cluster.resolve(path)).timeout(PATIENCE).build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("Flink answered " + answer.statusCode() + " to GET " + path);
        }
        return json.readTree(answer.body());
    }
}
