// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.kubernetes.KubeFailure.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls of Kubernetes' API. One that asks for patience is not called before the time it named: until
 * then every call fails at once, whoever makes it.
 */
final class KubeApi {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(5);

    private final KubeAccess access;
    private final HttpClient client;
    private final Clock clock;
    private final AtomicReference<Instant> notBefore = new AtomicReference<>(Instant.MIN);

    KubeApi(KubeAccess access, Clock clock) {
        this.access = requireNonNull(access, "access is null");
        this.clock = requireNonNull(clock, "clock is null");
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5));
        access.tls().ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    KubeAccess access() {
        return access;
    }

    JsonNode get(String path) throws KubeFailure {
        return call("GET", path, Optional.empty());
    }

    /** The object; empty when there is none. */
    Optional<JsonNode> find(String path) throws KubeFailure {
        try {
            return Optional.of(get(path));
        } catch (KubeFailure e) {
            if (e.kind() == Kind.MISSING) {
                return Optional.empty();
            }
            throw e;
        }
    }

    JsonNode create(String path, JsonNode object) throws KubeFailure {
        return call("POST", path, Optional.of(object));
    }

    /** Lets the server make the object, or change what we have said of it before. */
    void apply(String path, JsonNode object, boolean isRehearsed) throws KubeFailure {
        String query = "?fieldManager=sluice" + (isRehearsed ? "&dryRun=All" : "");
        call("PATCH", path + query, Optional.of(object));
    }

    /** Deletes the object and then what it owns; nothing when it is gone already. */
    void delete(String path, JsonNode options) throws KubeFailure {
        try {
            call("DELETE", path, Optional.of(options));
        } catch (KubeFailure e) {
            if (e.kind() != Kind.MISSING) {
                throw e;
            }
        }
    }

    /** A text, such as the log of a container. */
    String text(String path) throws KubeFailure {
        return new String(send(request("GET", path, Optional.empty())), StandardCharsets.UTF_8);
    }

    /**
     * Follows changes for as long as the server tells of them.
     *
     * @param lines told of each line, and of the end whatever brings it
     * @return cancelling it ends the connection
     */
    Future<?> watch(String path, Tail lines) throws KubeFailure {
        HttpRequest request = request("GET", path, Optional.empty());
        checkPatience();
        CompletableFuture<HttpResponse<Void>> call = client.sendAsync(
                request,
                answer -> answer.statusCode() == 200
                        ? BodySubscribers.fromLineSubscriber(lines)
                        : BodySubscribers.discarding());
        call.whenComplete((answer, failure) -> {
            if (answer != null && KubeFailure.kind(answer.statusCode(), true) == Kind.BUSY) {
                notBefore.set(clock.instant().plus(patience(answer)));
            }
            lines.end();
        });
        return call;
    }

    private JsonNode call(String method, String path, Optional<JsonNode> body) throws KubeFailure {
        byte[] answer = send(request(method, path, body));
        try {
            return JSON.readTree(answer);
        } catch (JacksonException e) {
            throw new KubeFailure(Kind.LOST, access + " did not answer with JSON");
        }
    }

    private HttpRequest request(String method, String path, Optional<JsonNode> body)
            throws KubeFailure {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(access.server() + path));
            access.authorization().ifPresent(value -> request.header("Authorization", value));
            if (body.isPresent()) {
                // Server-side apply knows no other word for it, and JSON is YAML.
                request.header(
                        "Content-Type",
                        method.equals("PATCH")
                                ? "application/apply-patch+yaml"
                                : "application/json");
                byte[] bytes = JSON.writeValueAsBytes(body.get());
                return request.method(method, BodyPublishers.ofByteArray(bytes)).build();
            }
            return request.method(method, BodyPublishers.noBody()).build();
        } catch (IOException e) {
            throw new KubeFailure(Kind.HIDDEN, "cannot read the token for " + access + ": " + e);
        }
    }

    private byte[] send(HttpRequest request) throws KubeFailure {
        checkPatience();
        CompletableFuture<HttpResponse<byte[]>> call =
                client.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return checked(call.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            call.cancel(true);
            throw new KubeFailure(Kind.LOST, access + " did not answer within " + ANSWER);
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new KubeFailure(Kind.LOST, "interrupted while waiting for " + access);
        } catch (ExecutionException e) {
            throw new KubeFailure(Kind.LOST, "no answer of " + access + ": " + e.getCause());
        }
    }

    private void checkPatience() throws KubeFailure {
        Instant earliest = notBefore.get();
        if (clock.instant().isBefore(earliest)) {
            throw new KubeFailure(Kind.BUSY, access + " asked for patience until " + earliest);
        }
    }

    private byte[] checked(HttpResponse<byte[]> response) throws KubeFailure {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return response.body();
        }
        boolean isRead = response.request().method().equals("GET");
        Kind kind = KubeFailure.kind(status, isRead);
        if (kind == Kind.BUSY) {
            notBefore.set(clock.instant().plus(patience(response)));
        }
        throw new KubeFailure(kind, message(response.body()) + " (" + status + ")");
    }

    private static Duration patience(HttpResponse<?> response) {
        Optional<Duration> asked = response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
        Duration patience = asked.orElse(PATIENCE);
        return patience.compareTo(LONGEST_PATIENCE) > 0 ? LONGEST_PATIENCE : patience;
    }

    private static String message(byte[] body) {
        try {
            return JSON.readTree(body).path("message").asString("no reason given");
        } catch (JacksonException e) {
            String text = new String(body, StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? "no reason given" : text.lines().findFirst().orElse("");
        }
    }
}
