// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/**
 * One kind of object in a namespace: listed once, then followed by one watch, however many jobs there
 * are and however often they are looked at. A watch that is over is not mended: the next look lists
 * anew, so that nothing is missed, and a server that asks for patience is asked by nobody in between.
 *
 * <p>Good for telling what is there. It is behind by as long as an event takes; what must not happen
 * twice is decided by asking.
 */
final class Followed implements AutoCloseable {
    /** Seconds after which the server ends a watch by itself. */
    private static final int LIFE = 600;

    private final KubeApi api;
    private final String path;
    private final Clock clock;
    private final AtomicBoolean isDoubted = new AtomicBoolean();
    private Optional<Tail> tail = Optional.empty();
    private Optional<Future<?>> watch = Optional.empty();

    /** @param path of the kind in its namespace, with the labels that select */
    Followed(KubeApi api, String path, Clock clock) {
        this.api = requireNonNull(api, "api is null");
        this.path = requireNonNull(path, "path is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * What is there.
     *
     * @throws KubeFailure when it has to be listed and cannot be
     */
    synchronized List<JsonNode> look() throws KubeFailure {
        if (isDoubted.getAndSet(false) || tail.filter(Tail::isAlive).isEmpty()) {
            close();
            tail = Optional.of(follow());
        }
        return tail.get().objects();
    }

    /** Something was changed by ourselves: whoever looks next shall see it. */
    void doubt() {
        isDoubted.set(true);
    }

    private Tail follow() throws KubeFailure {
        JsonNode list = api.get(path);
        Tail listed = new Tail(Json.items(list), clock);
        String version = list.path("metadata").path("resourceVersion").asString("");
        watch = Optional.of(api.watch(
                path + "&watch=true&allowWatchBookmarks=true&timeoutSeconds=" + LIFE
                        + "&resourceVersion=" + version,
                listed));
        return listed;
    }

    /** Ends the watch; the next look would list. */
    @Override
    public synchronized void close() {
        watch.ifPresent(running -> running.cancel(true));
        watch = Optional.empty();
        tail = Optional.empty();
    }
}
