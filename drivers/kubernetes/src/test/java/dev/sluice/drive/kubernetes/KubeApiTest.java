// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.drive.kubernetes.KubeFailure.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an answer means: the answers of a server that cannot be made to give them at will. */
class KubeApiTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicInteger calls = new AtomicInteger();
    private HttpServer server;
    private int status = 200;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            byte[] body = "{\"message\":\"because\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Retry-After", "7");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void aServerThatAsksForPatienceIsLeftAloneForThatLong() {
        KubeApi early = api(NOW);
        status = 429;

        assertEquals(Kind.BUSY, failure(early).kind());
        assertEquals(Kind.BUSY, failure(early).kind());

        assertEquals(1, calls.get());
    }

    @Test
    void itIsAskedAgainAfterThatTime() throws KubeFailure {
        Instant[] now = {NOW};
        KubeApi api = new KubeApi(access(), new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        });
        status = 503;
        failure(api);
        status = 200;

        now[0] = NOW.plus(Duration.ofSeconds(7));

        assertEquals("because", api.get("/x").path("message").asString(""));
    }

    @Test
    void eachRefusalIsOfItsOwnKindAndSaysWhy() {
        assertEquals(Kind.CONFLICT, kind(409));
        assertEquals(Kind.GONE, kind(410));
        assertEquals(Kind.MISSING, kind(404));
        assertEquals(Kind.HIDDEN, kind(403));
        assertEquals(Kind.HIDDEN, kind(401));
        assertEquals(Kind.INVALID, kind(422));
        assertTrue(failure(api(NOW)).getMessage().contains("because (422)"));
    }

    @Test
    void onlyARefusalToChangeSomethingIsTheAnswerToTheChange() {
        status = 403;
        KubeApi api = api(NOW);

        KubeFailure refused =
                assertThrows(KubeFailure.class, () -> api.create("/x", Json.object()));

        assertEquals(Kind.DENIED, refused.kind());
        status = 401;
        assertEquals(
                Kind.HIDDEN,
                assertThrows(KubeFailure.class, () -> api.create("/x", Json.object()))
                        .kind());
    }

    @Test
    void aServerThatIsNotThereLeavesOpenWhatHappened() {
        server.stop(0);

        assertEquals(Kind.LOST, failure(api(NOW)).kind());
    }

    @Test
    void whatIsNotThereIsNoError() throws KubeFailure {
        status = 404;

        assertEquals(Optional.empty(), api(NOW).find("/x"));
    }

    private Kind kind(int answer) {
        status = answer;
        return failure(api(NOW)).kind();
    }

    private static KubeFailure failure(KubeApi api) {
        return assertThrows(KubeFailure.class, () -> api.get("/x"));
    }

    private KubeApi api(Instant now) {
        return new KubeApi(access(), Clock.fixed(now, ZoneOffset.UTC));
    }

    private KubeAccess access() {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new KubeAccess(base, Optional.empty(), Optional.of("secret"), Optional.empty());
    }
}
