// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.web.view.BrokenView;
import dev.sluice.web.view.FixedView;
import dev.sluice.web.view.Readiness;
import dev.sluice.web.view.Readiness.Check;
import dev.sluice.web.view.SampleView;
import dev.sluice.web.view.StatusView;
import io.javalin.util.JavalinBindException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusServerTest {
    private StatusServer server;
    private Visitor visitor;

    @BeforeEach
    void serve() {
        server = Visitor.serve(SampleView.prod());
        visitor = new Visitor(server.port());
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/jobs/payments/orders, text/html",
        "/environment, text/html",
        "/api/v1/jobs, application/json",
        "/api/v1/jobs/payments/orders, application/json",
        "/api/v1/environment, application/json",
        "/version, application/json",
        "/livez, text/plain",
        "/readyz, text/plain",
        "/metrics, text/plain",
        "/favicon.svg, image/svg+xml"
    })
    void everyAddressAnswersWithItsKindAndTheSameHeadersToHead(String path, String type) {
        HttpResponse<String> get = visitor.get(path);
        HttpResponse<String> head = visitor.ask("HEAD", path);

        assertEquals(200, get.statusCode());
        assertEquals(type, get.headers().firstValue("Content-Type").orElse("").split(";")[0]);
        assertFalse(get.body().isEmpty());
        assertEquals(200, head.statusCode());
        assertTrue(head.body().isEmpty());
        assertEquals(get.headers().firstValue("ETag"), head.headers().firstValue("ETag"));
    }

    @Test
    void thePageLoadsOnlyAStylesheetThatThisServerHas() {
        String page = visitor.get("/").body();
        Matcher link = Pattern.compile("rel=\"stylesheet\" href=\"([^\"]+)\"").matcher(page);

        assertTrue(link.find());
        HttpResponse<String> stylesheet = visitor.get(link.group(1));

        assertEquals(200, stylesheet.statusCode());
        assertEquals(
                "text/css",
                stylesheet.headers().firstValue("Content-Type").orElse("").split(";")[0]);
        assertTrue(
                stylesheet.headers().firstValue("Cache-Control").orElse("").contains("immutable"));
        assertFalse(page.contains("<script"));
        assertFalse(page.contains(" style="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/jobs/payments/orders", "/nowhere", "/api/v1/jobs", "/metrics"})
    void everyAnswerForbidsTheBrowserWhateverItDoesNotNeed(String path) {
        HttpResponse<String> answer = visitor.ask("GET", path, "Origin", "https://evil.example");

        String policy = answer.headers().firstValue("Content-Security-Policy").orElse("");
        assertTrue(policy.startsWith("default-src 'none';"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertEquals(
                "nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(""));
        assertEquals(
                "no-referrer", answer.headers().firstValue("Referrer-Policy").orElse(""));
        assertTrue(answer.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
        assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty());
        assertTrue(answer.headers().firstValue("Server").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nowhere", "/jobs/payments/none", "/jobs/payments", "/api/v1/jobs/a/b"})
    void anAddressThatLeadsNowhereIsNotFound(String path) {
        assertEquals(404, visitor.get(path).statusCode());
    }

    @Test
    void anUnknownAddressOfTheApiIsToldInJson() {
        String body = visitor.get("/api/v1/jobs/payments/none").body();

        assertTrue(body.startsWith("{\"formatVersion\":1,\"error\":{\"status\":404"), body);
    }

    @Test
    void anUnchangedDocumentIsNotSentAgain() {
        String tag = visitor.get("/api/v1/jobs").headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> again = visitor.ask("GET", "/api/v1/jobs", "If-None-Match", tag);

        assertEquals(304, again.statusCode());
        assertTrue(again.body().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/readyz", "/environment", "/api/v1/jobs"})
    void aValueThatIsNotEncodedIsPassedOver(String path) {
        String answer = visitor.raw("GET " + path + "?q=%zz HTTP/1.1", "Host: localhost");

        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    }

    @Test
    void aPortThatIsTakenShowsAtOnce() {
        Listen taken = Listen.loopback(server.port());
        StatusView view = SampleView.prod();

        assertThrows(
                JavalinBindException.class,
                () -> StatusServer.start(view, Clock.systemUTC(), taken));
    }

    @Test
    void aMistakeOfOursIsToldToTheLogOnly() {
        StatusView broken = new BrokenView(SampleView.prod());

        try (StatusServer other = Visitor.serve(broken)) {
            HttpResponse<String> answer = new Visitor(other.port()).get("/api/v1/jobs");

            assertEquals(500, answer.statusCode());
            assertFalse(answer.body().contains("journal"), answer.body());
            assertEquals(200, new Visitor(other.port()).get("/environment").statusCode());
        }
    }

    @Test
    void aProcessThatIsNotReadySaysWhichCheckFails() {
        FixedView prod = SampleView.prod();
        Readiness stale = new Readiness(List.of(
                new Check("journal", true, "writable"),
                new Check("git", false, "no answer\nfor 10 min")));
        FixedView view =
                new FixedView(prod.jobs(), prod.environment(), prod.metrics(), stale, prod.build());

        try (StatusServer other = Visitor.serve(view)) {
            Visitor asking = new Visitor(other.port());

            assertEquals(503, asking.get("/readyz").statusCode());
            assertEquals(503, asking.ask("HEAD", "/readyz").statusCode());
            assertEquals(
                    "[+] journal: writable\n[-] git: no answer for 10 min\nnot ready\n",
                    asking.get("/readyz?verbose").body());
            assertEquals(200, asking.get("/livez").statusCode());
        }
    }
}
