// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.drive.contract.HandClock;
import dev.sluice.drive.contract.Settling;
import dev.sluice.drive.kubernetes.KubeFailure.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a namespace shows while it is followed, and what that costs the API server. */
class FollowedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HandClock clock = new HandClock();
    private ScriptedServer server;
    private Namespace namespace;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
        namespace = new Namespace(new KubeApi(server.access(), clock), "flink", clock);
        server.put("a");
        server.put("b");
    }

    @AfterEach
    void end() {
        namespace.close();
        server.close();
    }

    @Test
    void manyLooksAtManyJobsAreOneListAndOneWatchOfEachKind() throws KubeFailure {
        for (int look = 0; look < 20; look++) {
            assertEquals(List.of("a", "b"), names());
        }

        assertEquals(1, server.count("list deployments"));
        assertEquals(1, server.count("list pods"));
        Settling.until(PATIENCE, () -> server.count("watch deployments"), seen -> seen == 1);
        Settling.until(PATIENCE, () -> server.count("watch pods"), seen -> seen == 1);
        assertEquals(20, server.count("get"));
    }

    @Test
    void aServerWithoutTheOperatorsKindIsAskedForItOnceAMinute() throws KubeFailure {
        names();
        names();
        assertEquals(1, server.count("operator"));

        clock.pass(61);
        names();
        names();

        assertEquals(2, server.count("operator"));
    }

    @Test
    void whatComesChangesAndGoesIsSeenWithoutAnotherList() {
        watched();

        server.tell("ADDED", ScriptedServer.deployment("c"));
        server.tell("MODIFIED", ScriptedServer.deployment("a"));
        server.tell("DELETED", ScriptedServer.deployment("b"));
        server.tell("BOOKMARK", "{\"metadata\":{\"resourceVersion\":\"9\"}}");

        awaitNames("a", "c");
        assertEquals(1, server.count("list deployments"));
    }

    @Test
    void aWatchThatBeganTooLongAgoIsFollowedByAList() {
        watched();
        server.put("missed");

        server.tell("ERROR", "{\"code\":410,\"reason\":\"Expired\"}");

        awaitNames("a", "b", "missed");
        assertEquals(2, server.count("list deployments"));
        assertEquals(1, server.count("list pods"));
    }

    @Test
    void whereNoWatchIsGrantedEachLookLists() {
        server.answerWatchesWith(410);
        awaitNames("a", "b");

        server.put("c");

        awaitNames("a", "b", "c");
    }

    @Test
    void aWatchThatEndsByItselfIsBegunAnew() {
        watched();
        server.put("c");

        server.endWatches();

        awaitNames("a", "b", "c");
        watched();
        server.tell("DELETED", ScriptedServer.deployment("a"));
        awaitNames("b", "c");
        assertEquals(2, server.count("list deployments"));
    }

    @Test
    void aWatchWithoutAWordIsNotBelieved() throws KubeFailure {
        watched();
        server.put("c");
        assertEquals(List.of("a", "b"), names());

        clock.pass(91);

        assertEquals(List.of("a", "b", "c"), names());
    }

    @Test
    void aServerThatAsksForPatienceIsNotAskedByAnyLook() throws KubeFailure {
        watched();
        server.answerWith(429);

        assertEquals(Kind.BUSY, assertThrows(KubeFailure.class, this::names).kind());
        assertEquals(Kind.BUSY, assertThrows(KubeFailure.class, this::names).kind());

        assertEquals(2, server.count("get"));
        server.answerWith(200);
        clock.pass(7);
        assertEquals(List.of("a", "b"), names());
    }

    @Test
    void aServerThatIsDownIsNotSpokenForByWhatItSaidBefore() {
        watched();

        server.close();

        assertEquals(Kind.LOST, assertThrows(KubeFailure.class, this::names).kind());
    }

    @Test
    void whatWeChangedOurselvesIsSeenByTheNextLook() throws KubeFailure {
        watched();
        server.put("c");

        namespace.create(Json.read(ScriptedServer.deployment("c")));

        assertEquals(List.of("a", "b", "c"), names());
    }

    /** Looks until somebody watches. */
    private void watched() {
        Settling.until(
                PATIENCE,
                () -> {
                    uncheckedNames();
                    return server.watchers();
                },
                seen -> seen > 0);
    }

    private void awaitNames(String... expected) {
        Settling.until(PATIENCE, this::uncheckedNames, List.of(expected)::equals);
    }

    private List<String> uncheckedNames() {
        try {
            return names();
        } catch (KubeFailure e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> names() throws KubeFailure {
        return List.copyOf(namespace.overview().keySet());
    }
}
