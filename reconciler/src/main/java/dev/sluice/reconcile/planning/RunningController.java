// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import static java.util.Objects.requireNonNull;

import dev.sluice.reconcile.loop.BoardCopy;
import dev.sluice.spec.JobKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A running controller, asked over the API of its status page. It is only read; every question ends
 * within a minute, and every trouble is an {@link IOException} that names the address.
 */
public final class RunningController {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofMinutes(1);
    private static final int MOST_BYTES = 256 << 20;

    private final URI address;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** @param address of the status page, with http or https */
    public RunningController(URI address) {
        requireNonNull(address, "address is null");
        String text = address.toString();
        this.address = URI.create(text.endsWith("/") ? text : text + "/");
    }

    /**
     * What the controller knows of jobs and clusters.
     *
     * @throws IOException when it cannot be reached, is of another version, or keeps another
     *     environment
     */
    public BoardCopy board(String environment) throws IOException, InterruptedException {
        String found = get("api/v1/planning");
        BoardCopy copy = PlanningDocument.board(found)
                .orElseThrow(() -> new IOException(address + " answers something that this version"
                        + " of Sluice cannot read; use the controller's version"));
        if (!copy.environment().equals(environment)) {
            throw new IOException("the controller at " + address + " keeps environment "
                    + copy.environment() + ", not " + environment);
        }
        return copy;
    }

    /** How long the earlier restarts of a job took, newest first. */
    public List<Duration> downtimes(JobKey job) throws IOException, InterruptedException {
        String found = get("api/v1/planning/" + job.team() + "/" + job.name());
        return PlanningDocument.downtimes(found)
                .orElseThrow(() -> new IOException(address + " answers something that this version"
                        + " of Sluice cannot read; use the controller's version"));
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(ANSWER).build();
        HttpResponse<InputStream> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new IOException(
                    "no controller answers at " + address + ": "
                            + (e.getMessage() == null
                                    ? e.getClass().getSimpleName()
                                    : e.getMessage())
                            + "; is sluice run up, and does it listen there?",
                    e);
        }
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException(request.uri() + " answers " + response.statusCode()
                        + ", which is no status page of this version of Sluice");
            }
            byte[] bytes = body.readNBytes(MOST_BYTES);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
