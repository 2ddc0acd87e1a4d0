// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.rest.BoundedBody;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests to one of Hadoop's servers, over connections that are kept. Of a pair, the one that answered
 * last is asked first; one on standby sends elsewhere or refuses.
 */
final class Http {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final int MOST_BYTES = 32 << 20;
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final List<URI> servers;
    private final Identity identity;
    private volatile int first;

    /** Without a word of who asks. */
    Http(List<URI> servers) {
        this(servers, Identity.ANYBODY);
    }

    /** @param identity told to these servers, not to others that they send to */
    Http(List<URI> servers, Identity identity) {
        this.servers = List.copyOf(servers);
        this.identity = requireNonNull(identity, "identity is null");
    }

    /** An answer of any status. */
    record Answer(int status, byte[] body, Optional<String> location, Optional<Instant> date) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        boolean isOk() {
            return status / 100 == 2;
        }
    }

    /** The answer of the server that serves; nobody else's counts. */
    Answer ask(String method, String path, Duration deadline) throws IOException {
        IOException last = new IOException("there is no server");
        for (int index = 0; index < servers.size(); index++) {
            int chosen = (first + index) % servers.size();
            try {
                URI address = URI.create(servers.get(chosen) + path);
                Answer answer = send(method, address, BodyPublishers.noBody(), identity, deadline);
                if (!isStandby(answer, path)) {
                    first = chosen;
                    return answer;
                }
                last = new IOException(servers.get(chosen) + " is on standby");
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    /** To wherever a server has sent the question on; the address says all that is needed there. */
    Answer send(String method, URI address, BodyPublisher body, Duration deadline)
            throws IOException {
        return send(method, address, body, Identity.ANYBODY, deadline);
    }

    private Answer send(
            String method, URI address, BodyPublisher body, Identity who, Duration deadline)
            throws IOException {
        HttpRequest.Builder building = HttpRequest.newBuilder(address).method(method, body);
        who.authorization(address).ifPresent(value -> building.header("Authorization", value));
        HttpRequest request = building.build();
        HttpResponse<byte[]> response =
                wait(request, answer -> new BoundedBody(MOST_BYTES), deadline);
        return new Answer(
                response.statusCode(),
                response.body(),
                response.headers().firstValue("Location"),
                response.headers().firstValue("Date").flatMap(Http::date));
    }

    /** The server's own time: clocks differ. */
    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Writes the answer's body to a file, over what is there. */
    void download(URI address, Path file, Duration deadline) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address).build();
        int status = wait(request, BodyHandlers.ofFile(file), deadline).statusCode();
        if (status != OK) {
            throw new IOException(server(address) + " answers " + status);
        }
    }

    private <T> HttpResponse<T> wait(
            HttpRequest request, HttpResponse.BodyHandler<T> handler, Duration deadline)
            throws IOException {
        String server = server(request.uri());
        CompletableFuture<HttpResponse<T>> call = client.sendAsync(request, handler);
        try {
            return call.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            call.cancel(true);
            throw new IOException(server + " did not answer within " + deadline, e);
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + server, e);
        } catch (ExecutionException e) {
            boolean isAway = e.getCause() instanceof ConnectException;
            throw new IOException(
                    isAway
                            ? "cannot connect to " + server
                            : "call to " + server + " broke: " + e.getCause(),
                    e);
        }
    }

    private static String server(URI address) {
        return address.getScheme() + "://" + address.getAuthority();
    }

    /** A ResourceManager says so in words, a NameNode with an exception's name. */
    private boolean isStandby(Answer answer, String path) {
        if (servers.size() == 1) {
            return false;
        }
        boolean isElsewhere = answer.status() / 100 == 3 && !path.startsWith("/webhdfs/");
        return isElsewhere
                || answer.text().startsWith("This is standby RM")
                || answer.status() == FORBIDDEN && answer.text().contains("StandbyException");
    }
}
