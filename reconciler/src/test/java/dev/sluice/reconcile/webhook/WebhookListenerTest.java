// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookListenerTest {
    private static final String SECRET = "0123456789abcdef0123";
    private static final String BODY = "{\"ref\":\"refs/heads/test\"}";

    @TempDir
    private Path folder;

    private final AtomicInteger hints = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();
    private Path secret;
    private WebhookListener listener;

    @BeforeEach
    void listen() throws IOException {
        secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        listener = WebhookListener.start("127.0.0.1", 0, secret, hints::incrementAndGet);
    }

    @AfterEach
    void close() {
        listener.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Hub-Signature-256", "X-Hub-Signature", "X-Gitea-Signature"})
    void aMessageSignedWithTheSecretIsAHint(String header) throws Exception {
        String value = (header.startsWith("X-Hub") ? "sha256=" : "") + mac(SECRET, BODY);

        assertEquals(202, post(BODY, header, value));
        assertEquals(1, hints.get());
    }

    @Test
    void aTokenEqualToTheSecretIsAHint() throws Exception {
        assertEquals(202, post(BODY, "X-Gitlab-Token", SECRET));
        assertEquals(401, post(BODY, "X-Gitlab-Token", SECRET + "x"));
        assertEquals(1, hints.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256=", "sha256=00", "sha1=abc", "rubbish", "sha256=\u00e4"})
    void aWrongSignatureIsNoHint(String value) throws Exception {
        assertEquals(401, post(BODY, "X-Hub-Signature-256", value));
        assertEquals(0, hints.get());
    }

    @Test
    void anotherBodyUnderTheSameSignatureIsNoHint() throws Exception {
        String signed = "sha256=" + mac(SECRET, BODY);

        assertEquals(401, post(BODY + " ", "X-Hub-Signature-256", signed));
        assertEquals(401, post(BODY, "X-Nothing", "x"));
        assertEquals(0, hints.get());
    }

    @Test
    void aNewSecretCountsAtOnce() throws Exception {
        String next = "another-secret-of-some-length";
        Files.writeString(secret, next);

        assertEquals(401, post(BODY, "X-Hub-Signature-256", "sha256=" + mac(SECRET, BODY)));
        assertEquals(202, post(BODY, "X-Hub-Signature-256", "sha256=" + mac(next, BODY)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short"})
    void withoutAUsableSecretNobodyIsBelieved(String content) throws Exception {
        Files.writeString(secret, content);

        assertEquals(503, post(BODY, "X-Hub-Signature-256", "sha256=" + mac("short", BODY)));
        assertEquals(0, hints.get());
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() throws Exception {
        String large = "x".repeat(WebhookListener.MOST_BYTES + 1);
        String full = "x".repeat(WebhookListener.MOST_BYTES);

        assertEquals(413, post(large, "X-Hub-Signature-256", "sha256=" + mac(SECRET, large)));
        assertEquals(202, post(full, "X-Hub-Signature-256", "sha256=" + mac(SECRET, full)));
    }

    @Test
    void aBodyWithoutALengthIsReadNoFurtherThanTheLimit() throws Exception {
        String large = "x".repeat(3 * WebhookListener.MOST_BYTES);
        HttpRequest request = HttpRequest.newBuilder(uri())
                .header("X-Hub-Signature-256", "sha256=" + mac(SECRET, large))
                .POST(BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(large.getBytes(UTF_8))))
                .build();
        int status;
        try {
            status = client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException cutOffWhileSending) {
            status = 413;
        }

        assertEquals(413, status);
        assertEquals(0, hints.get());
    }

    @Test
    void nothingButAPostIsAnswered() throws Exception {
        HttpRequest get = HttpRequest.newBuilder(uri()).GET().build();

        assertTrue(client.send(get, BodyHandlers.discarding()).statusCode() >= 400);
        assertEquals(0, hints.get());
    }

    @Test
    void rubbishOfAnyKindIsNoHintAndTheListenerGoesOn() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
                OutputStream out = socket.getOutputStream();
                boolean isHalfRight = random.nextBoolean();
                out.write(
                        (isHalfRight ? "POST /hook HTTP/1.1\r\nHost: x\r\n" : "").getBytes(UTF_8));
                out.write(bytes);
            }
        }

        assertEquals(0, hints.get(), "seed " + seed);
        assertEquals(202, post(BODY, "X-Hub-Signature-256", "sha256=" + mac(SECRET, BODY)));
    }

    @Test
    void senderWhoSayNothingDoNotKeepOthersOut() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int sender = 0; sender < 50; sender++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
                socket.getOutputStream()
                        .write(
                                ("POST /hook HTTP/1.1\r\nHost: x\r\nX-Hub-Signature-256: sha256=0\r\n"
                                                + "Content-Length: 1000\r\n\r\nx")
                                        .getBytes(UTF_8));
                silent.add(socket);
            }

            assertEquals(202, post(BODY, "X-Hub-Signature-256", "sha256=" + mac(SECRET, BODY)));
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    private int post(String body, String header, String value) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri())
                .header(header, value)
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + listener.port() + "/hook");
    }

    private static String mac(String secret, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
    }
}
