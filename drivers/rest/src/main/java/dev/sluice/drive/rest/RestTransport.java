// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import dev.sluice.drive.rest.RestFailure.Kind;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One JSON call with a deadline over the whole exchange, which the JDK's client does not offer. */
final class RestTransport {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client;
    private final URI base;
    private final int maximumBytes;

    /** @param base such as {@code http://127.0.0.1:8081}, without a slash at the end */
    RestTransport(HttpClient client, URI base, int maximumBytes) {
        this.client = client;
        this.base = base;
        this.maximumBytes = maximumBytes;
    }

    /** An answer of any status. */
    record Answer(int status, JsonNode body) {}

    Answer get(String path, Duration deadline) throws RestFailure {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET(), deadline);
    }

    Answer send(String method, String path, Object body, Duration deadline) throws RestFailure {
        BodyPublisher json = BodyPublishers.ofString(JSON.writeValueAsString(body));
        return send(
                HttpRequest.newBuilder(base.resolve(path))
                        .header("Content-Type", "application/json")
                        .method(method, json),
                deadline);
    }

    Answer send(HttpRequest.Builder request, Duration deadline) throws RestFailure {
        CompletableFuture<HttpResponse<byte[]>> call =
                client.sendAsync(request.build(), answer -> new BoundedBody(maximumBytes));
        try {
            HttpResponse<byte[]> response = call.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), parse(response.body()));
        } catch (TimeoutException e) {
            call.cancel(true);
            throw new RestFailure(Kind.LOST, 0, base + " did not answer within " + deadline, e);
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new RestFailure(Kind.LOST, 0, "interrupted while waiting for " + base, e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private RestFailure failure(Throwable cause) {
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return new RestFailure(Kind.UNREACHABLE, 0, "cannot connect to " + base, cause);
        }
        Kind kind = cause instanceof BoundedBody.TooLarge ? Kind.MALFORMED : Kind.LOST;
        return new RestFailure(kind, 0, "call to " + base + " broke: " + cause.getMessage(), cause);
    }

    private JsonNode parse(byte[] body) throws RestFailure {
        try {
            return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (JacksonException e) {
            throw new RestFailure(Kind.MALFORMED, 0, base + " did not answer with JSON", e);
        }
    }
}
