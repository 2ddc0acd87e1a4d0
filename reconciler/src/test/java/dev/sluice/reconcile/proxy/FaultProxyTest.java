// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private static final String ANSWER = "{\"jobs\":[1,2,3]}";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HttpServer server;
    private FaultProxy proxy;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", call -> {
            String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            done.add(call.getRequestMethod() + " " + call.getRequestURI() + " " + body);
            byte[] bytes = ANSWER.getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(200, bytes.length);
            call.getResponseBody().write(bytes);
            call.close();
        });
        server.start();
        proxy = new FaultProxy(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void close() {
        proxy.close();
        server.stop(0);
    }

    @Test
    void withoutARuleEverythingPassesBothWays() throws Exception {
        assertEquals(ANSWER, post("/run?x=1", "some text").body());
        assertEquals(ANSWER, post("/run?x=2", "more text").body());

        assertEquals(List.of("POST /run?x=1 some text", "POST /run?x=2 more text"), done);
    }

    @Test
    void bodiesInChunksPassToo() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(proxy.address().resolve("/upload"))
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("a".repeat(50_000))))
                .build();

        client.send(request, BodyHandlers.ofString());

        assertEquals(List.of("POST /upload " + "a".repeat(50_000)), done);
    }

    @Test
    void aHearerIsToldBeforeTheServer() throws Exception {
        List<String> heard = new ArrayList<>();
        proxy.hear(request -> heard.add(request.line() + " " + request.text() + done.size()));

        post("/run", "x");

        assertEquals(List.of("POST /run x0"), heard);
    }

    @Test
    void anAnswerIsLostAfterTheServerDidWhatWasAsked() throws Exception {
        proxy.once(request -> request.method().equals("POST"), Fault.answerLost());

        assertThrows(IOException.class, () -> post("/run", "x"));
        assertEquals(List.of("POST /run x"), done);
        assertEquals(ANSWER, post("/run", "again").body());
    }

    @Test
    void aRequestIsLostBeforeTheServerSeesIt() {
        proxy.once(request -> true, Fault.requestLost());

        assertThrows(IOException.class, () -> post("/run", "x"));
        assertEquals(List.of(), done);
    }

    @Test
    void whatHangsIsNeverAnswered() {
        proxy.always(request -> true, Fault.hanging());

        assertThrows(HttpTimeoutException.class, () -> get(Duration.ofMillis(300)));
        assertEquals(List.of(), done);
    }

    @Test
    void whatIsDelayedOrDripsIsWholeInTheEnd() throws Exception {
        proxy.once(request -> true, Fault.delayed(Duration.ofMillis(50)));
        proxy.once(request -> true, Fault.dripping(Duration.ofMillis(1)));

        assertEquals(ANSWER, get(PATIENCE).body());
        assertEquals(ANSWER, get(PATIENCE).body());
        assertEquals(2, done.size());
    }

    @Test
    void whatDripsTooSlowlyIsNotWaitedFor() {
        proxy.always(request -> true, Fault.dripping(Duration.ofSeconds(1)));

        assertThrows(HttpTimeoutException.class, () -> get(Duration.ofMillis(500)));
    }

    @Test
    void answersCanBeReplacedCutAndChanged() throws Exception {
        proxy.once(request -> true, Fault.instead(503, "text/html", "<html>busy</html>"));
        proxy.once(request -> true, Fault.truncated());
        proxy.once(request -> true, Fault.edited(body -> body.replace(",3", "")));

        HttpResponse<String> page = get(PATIENCE);
        assertEquals(503, page.statusCode());
        assertEquals("<html>busy</html>", page.body());
        assertEquals(ANSWER.substring(0, ANSWER.length() / 2), get(PATIENCE).body());
        assertEquals("{\"jobs\":[1,2]}", get(PATIENCE).body());
    }

    @Test
    void garbageIsNoAnswer() {
        proxy.always(request -> true, Fault.garbage());

        assertThrows(IOException.class, () -> get(PATIENCE));
    }

    @Test
    void aHugeBodyIsAsLongAsItSays() throws Exception {
        proxy.always(request -> true, Fault.huge(3 << 20));

        assertEquals(3 << 20, get(PATIENCE).body().length());
    }

    @Test
    void healingEndsEveryFault() throws Exception {
        proxy.always(request -> true, Fault.requestLost());

        proxy.heal();

        assertTrue(get(PATIENCE).body().equals(ANSWER));
    }

    private HttpResponse<String> get(Duration patience) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(proxy.address().resolve("/jobs/overview"))
                .timeout(patience)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(proxy.address().resolve(path))
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
