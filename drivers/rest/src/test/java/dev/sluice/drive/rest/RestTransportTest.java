// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.sluice.drive.rest.RestFailure.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestTransportTest {
    private static final RestLimits LIMITS =
            new RestLimits(Duration.ofMillis(700), Duration.ofMillis(700), 1000);

    private final FakeFlink flink = new FakeFlink();
    private final FlinkRest rest = new FlinkRest(flink.address(), LIMITS);

    @AfterEach
    void stop() {
        flink.close();
    }

    @Test
    void aBodyWithoutEndIsCut() {
        flink.on("GET /overview", call -> write(call, 100_000_000, 0));

        assertEquals(Kind.MALFORMED, fails().kind());
    }

    @Test
    void anAnswerThatTricklesIsCutAtTheDeadline() {
        flink.on("GET /overview", call -> write(call, 1000, 200));

        RestFailure failure = assertTimeoutPreemptively(Duration.ofSeconds(10), this::fails);

        assertEquals(Kind.LOST, failure.kind());
    }

    @Test
    void whatIsNoJsonIsMalformed() {
        flink.on("GET /overview", 200, "<html>a proxy</html>");

        assertEquals(Kind.MALFORMED, fails().kind());
    }

    @Test
    void aRefusalCarriesStatusAndInnermostCause() {
        flink.on(
                "GET /overview",
                500,
                "{\"errors\":[\"Internal server error.\",\"a.B: outer\\n\\tat x.Y.z(Y.java:1)\\n"
                        + "Caused by: org.apache.flink.Inner: the reason\\n\\tat x.Y.z(Y.java:2)\"]}");

        RestFailure failure = fails();

        assertEquals(Kind.REFUSED, failure.kind());
        assertEquals(500, failure.status());
        assertEquals("Inner: the reason", failure.getMessage());
    }

    @Test
    void aPortWithoutListenerIsUnreachable() {
        URI nobody = flink.address();
        flink.close();

        RestFailure failure =
                assertThrows(RestFailure.class, () -> new FlinkRest(nobody, LIMITS).taskManagers());

        assertEquals(Kind.UNREACHABLE, failure.kind());
        assertTrue(failure.isNotServingYet());
    }

    @Test
    void aJobManagerWithoutLeaderIsNotServingYet() {
        flink.on("GET /overview", 503, "{\"errors\":[\"Service temporarily unavailable\"]}");

        assertTrue(fails().isNotServingYet());
    }

    private RestFailure fails() {
        return assertThrows(RestFailure.class, rest::taskManagers);
    }

    private static void write(HttpExchange call, int bytes, long pauseMillis) throws IOException {
        call.sendResponseHeaders(200, bytes);
        try (OutputStream out = call.getResponseBody()) {
            for (int written = 0; written < bytes; written++) {
                out.write(' ');
                if (pauseMillis > 0) {
                    out.flush();
                    new CountDownLatch(1).await(pauseMillis, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
