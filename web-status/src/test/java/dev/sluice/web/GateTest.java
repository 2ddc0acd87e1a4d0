// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.web.view.SampleJobs;
import dev.sluice.web.view.SampleView;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class GateTest {
    private static final List<String> PATHS = List.of(
            "/",
            "/jobs/payments/orders",
            "/environment",
            "/api/v1/jobs",
            "/api/v1/jobs/payments/orders",
            "/api/v1/environment",
            "/livez",
            "/readyz",
            "/metrics",
            "/version",
            "/favicon.svg",
            "/nowhere");

    private StatusServer server;
    private Visitor visitor;

    @BeforeAll
    void serve() {
        server = Visitor.serve(SampleView.prod());
        visitor = new Visitor(server.port());
    }

    @AfterAll
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST",
                "PUT",
                "PATCH",
                "DELETE",
                "OPTIONS",
                "TRACE",
                "QUERY",
                "PROPFIND",
                "BREW",
                "get"
            })
    void everyMethodButGetAndHeadIsRefusedAtEveryAddress(String method) {
        for (String path : PATHS) {
            String answer = visitor.raw(
                    method + " " + path + " HTTP/1.1", "Host: localhost", "Content-Length: 0");

            assertTrue(answer.startsWith("HTTP/1.1 405 "), path + " said " + answer);
            assertTrue(answer.contains("Allow: GET, HEAD"), answer);
            assertTrue(answer.contains("default-src 'none'"), answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1", "[::1]:8080", "10.1.2.3"})
    void aLoopbackServerAnswersToItsOwnNameAndToAddresses(String host) {
        String answer = visitor.raw("GET /livez HTTP/1.1", "Host: " + host);

        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example:8080",
                "127.0.0.1.evil.example",
                "dead"
            })
    void aLoopbackServerTellsNothingToAPageThatPointedItsOwnNameHere(String host) {
        String answer = visitor.raw("GET /api/v1/jobs HTTP/1.1", "Host: " + host);

        assertTrue(answer.startsWith("HTTP/1.1 421 "), answer);
        assertFalse(answer.contains("orders"), answer);
    }

    @Test
    void aProxyOnTheSameMachineIsLetInByName() {
        Listen listen = new Listen("127.0.0.1", 0, List.of("sluice.example.com"));
        Clock clock = Clock.fixed(SampleJobs.NOW, ZoneOffset.UTC);

        try (StatusServer other = StatusServer.start(SampleView.prod(), clock, listen)) {
            String answer = new Visitor(other.port())
                    .raw("GET /livez HTTP/1.1", "Host: Sluice.Example.com");

            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        }
    }

    @Test
    void theDefaultIsThisMachineOnly() {
        Listen listen = Listen.loopback(8080);

        assertEquals("127.0.0.1", listen.host());
        assertTrue(listen.isLoopback());
        assertFalse(new Listen("0.0.0.0", 8080, List.of()).isLoopback());
    }
}
