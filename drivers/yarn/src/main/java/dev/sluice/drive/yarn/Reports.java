// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.yarn.Application.State;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What YARN says of applications. An application that it does not know may be one that it has
 * forgotten, or has not been sent yet.
 */
final class Reports {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final String CLUSTER = "/ws/v1/cluster/";
    private static final String PATH = CLUSTER + "apps";
    private static final int NOT_FOUND = 404;
    private static final int LONGEST = 1000;

    private final Http http;

    Reports(List<URI> servers) {
        this(servers, Identity.ANYBODY);
    }

    Reports(List<URI> servers, Identity identity) {
        this.http = new Http(requireNonNull(servers, "servers is null"), identity);
    }

    /** All applications with a tag, in any state, in one request. */
    List<Application> tagged(String tag) throws IOException {
        String value = URLEncoder.encode(tag, StandardCharsets.UTF_8);
        JsonNode body = body(http.ask(
                "GET",
                PATH + "?applicationTags=" + value + "&deSelects=resourceRequests",
                DEADLINE));
        List<Application> found = new ArrayList<>();
        for (JsonNode node : body.path("apps").path("app")) {
            found.add(application(node));
        }
        return found;
    }

    Optional<Application> find(String id) throws IOException {
        Http.Answer answer = http.ask("GET", PATH + "/" + id, DEADLINE);
        if (answer.status() == NOT_FOUND && answer.text().contains(id)) {
            return Optional.empty();
        }
        return Optional.of(application(body(answer).path("app")));
    }

    /**
     * Whether a master of the application has ever been given a container, so that it may run somewhere
     * whatever the state is called: a ResourceManager that was restarted calls an application ACCEPTED
     * until its master has come back to it (RMAppImpl).
     */
    boolean mayRun(Application application) throws IOException {
        JsonNode body =
                body(http.ask("GET", PATH + "/" + application.id() + "/appattempts", DEADLINE));
        for (JsonNode attempt : body.path("appAttempts").path("appAttempt")) {
            if (!text(attempt, "containerId").isEmpty()) {
                return true;
            }
        }
        return application.state() == Application.State.RUNNING;
    }

    /**
     * What the ResourceManager says of itself.
     *
     * @param isActive it has recovered what it knew, and serves
     * @param startedAt when its process began, by its own clock
     * @param age how long ago that was when it answered
     */
    record Service(boolean isActive, Instant startedAt, Duration age) {
        /** By its own clock. */
        Instant now() {
            return startedAt.plus(age);
        }
    }

    Service service() throws IOException {
        Http.Answer answer = http.ask("GET", CLUSTER + "info", DEADLINE);
        JsonNode info = body(answer).path("clusterInfo");
        Instant startedAt = Instant.ofEpochMilli(info.path("startedOn").asLong(Long.MAX_VALUE));
        return new Service(
                text(info, "haState").equals("ACTIVE"),
                startedAt,
                Duration.between(startedAt, answer.date().orElseGet(Instant::now)));
    }

    /** @param what is asked of it besides applications, below {@code /ws/v1/cluster/} */
    JsonNode told(String what) throws IOException {
        return body(http.ask("GET", CLUSTER + what, DEADLINE));
    }

    private static JsonNode body(Http.Answer answer) throws IOException {
        if (!answer.isOk()) {
            throw new IOException("the ResourceManager answers " + answer.status());
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new IOException("the ResourceManager did not answer with JSON", e);
        }
    }

    private static Application application(JsonNode node) throws IOException {
        String address = text(node, "amRPCAddress");
        String logs = text(node, "amContainerLogs");
        return new Application(
                text(node, "id"),
                text(node, "name"),
                state(text(node, "state")),
                text(node, "finalStatus"),
                List.of(text(node, "applicationTags").split(",")),
                text(node, "queue"),
                shorten(text(node, "diagnostics")),
                Instant.ofEpochMilli(node.path("startedTime").asLong(0)),
                Instant.ofEpochMilli(node.path("finishedTime").asLong(0)),
                // The master registers with the port of its REST interface (YarnResourceManager).
                address.matches("[^:]+:[1-9]\\d*")
                        ? Optional.of(URI.create("http://" + address))
                        : Optional.empty(),
                logs.isEmpty() ? Optional.empty() : Optional.of(logs));
    }

    private static State state(String word) throws IOException {
        try {
            return State.valueOf(word);
        } catch (IllegalArgumentException e) {
            throw new IOException("the ResourceManager tells an unknown state: " + word, e);
        }
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    private static String shorten(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " ...";
    }
}
