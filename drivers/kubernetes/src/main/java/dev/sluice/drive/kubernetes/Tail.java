// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Flow;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a list said, and since then the events of one watch, a line of JSON each. It is over with the
 * first thing that is no change: the end of the answer, an error of the server such as 410 Gone, a line
 * that cannot be read. After that nothing of it is believed.
 */
final class Tail implements Flow.Subscriber<String> {
    /** The API server sends a bookmark every minute where nothing changes. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(90);

    private final Clock clock;
    private final TreeMap<String, JsonNode> objects = new TreeMap<>();
    private Instant lastWord;
    private boolean isOver;

    Tail(List<JsonNode> listed, Clock clock) {
        this.clock = requireNonNull(clock, "clock is null");
        this.lastWord = clock.instant();
        listed.forEach(object -> objects.put(Json.name(object), object));
    }

    synchronized List<JsonNode> objects() {
        return List.copyOf(objects.values());
    }

    /** Whether it tells of changes: its connection may be dead without anybody having said so. */
    synchronized boolean isAlive() {
        return !isOver && !clock.instant().isAfter(lastWord.plus(LONGEST_SILENCE));
    }

    synchronized void end() {
        isOver = true;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public synchronized void onNext(String line) {
        if (line.isBlank()) {
            return;
        }
        lastWord = clock.instant();
        try {
            JsonNode event = Json.read(line);
            change(event.path("type").asString(""), event.path("object"));
        } catch (JacksonException unreadable) {
            isOver = true;
        }
    }

    private void change(String type, JsonNode object) {
        switch (type) {
            case "ADDED", "MODIFIED" -> objects.put(Json.name(object), object);
            case "DELETED" -> objects.remove(Json.name(object));
            case "BOOKMARK" -> {}
            default -> isOver = true;
        }
    }

    @Override
    public void onError(Throwable failure) {
        end();
    }

    @Override
    public void onComplete() {
        end();
    }
}
