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
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One JSON call with a deadline over the whole exchange, which the JDK's client does not offer. */
final class RestTransport {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final HttpClient client;
    private final RestAccess access;
    private final URI base;
    private final int maximumBytes;

    RestTransport(HttpClient client, RestAccess access, int maximumBytes) {
        this.client = client;
        this.access = access;
        this.base = access.base();
        this.maximumBytes = maximumBytes;
    }

    /** An answer of any status. */
    record Answer(int status, JsonNode body) {}

    Answer get(String path, Duration deadline) throws RestFailure {
        return send(request(path).GET(), deadline);
    }

    Answer send(String method, String path, Object body, Duration deadline) throws RestFailure {
        BodyPublisher json = BodyPublishers.ofString(JSON.writeValueAsString(body));
        return send(
                request(path).header("Content-Type", "application/json").method(method, json),
                deadline);
    }

    /** A request to a path, with what the way to it asks for. */
    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(access.at(path));
        access.authorization().ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    Answer send(HttpRequest.Builder request, Duration deadline) throws RestFailure {
        CompletableFuture<HttpResponse<byte[]>> call =
                client.sendAsync(request.build(), answer -> new BoundedBody(maximumBytes));
        try {
            HttpResponse<byte[]> response = call.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return read(response);
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

    private Answer read(HttpResponse<byte[]> response) throws RestFailure {
        int status = response.statusCode();
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            throw new RestFailure(
                    Kind.DENIED,
                    status,
                    base + " refuses the user or the password, or asks for one (" + status + ")",
                    null);
        }
        return new Answer(status, parse(response.body()));
    }

    private RestFailure failure(Throwable cause) {
        if (cause instanceof SSLException) {
            return new RestFailure(
                    Kind.DENIED,
                    0,
                    "no trusted connection to " + base + ": " + cause.getMessage(),
                    cause);
        }
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
