// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.sluice.drive.rest.RestFailure.Kind;
import dev.sluice.drive.rest.Trust.Identity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestAccessTest {
    private static final String OVERVIEW =
            "{\"taskmanagers\":2,\"slots-total\":4,\"flink-version\":\"1.20.1\"}";
    private static final char[] PASSWORD = "of-the-key-store".toCharArray();

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificate("server");
        certificate("client");
        certificate("stranger");
    }

    @Test
    void aTrustedServerAnswersAClientItTrusts() throws Exception {
        try (FakeFlink flink = FakeFlink.secured(context("client", "server"))) {
            flink.on("GET /overview", 200, OVERVIEW);

            ClusterOverview seen = rest(flink, context("server", "client")).cluster();

            assertEquals(new ClusterOverview("1.20.1", 2, 4, 0), seen);
        }
    }

    @Test
    void aServerWithAnotherCertificateIsToldNothing() throws Exception {
        try (FakeFlink flink = FakeFlink.secured(context("client", "server"))) {
            RestFailure failure = fails(rest(flink, context("stranger", "client")));

            assertEquals(Kind.DENIED, failure.kind());
            assertFalse(failure.isNotServingYet());
            assertTrue(failure.getMessage().contains("no trusted connection"), failure::toString);
        }
    }

    @Test
    void aServerWhoseCertificateNamesAnotherHostIsToldNothing() throws Exception {
        try (FakeFlink flink = FakeFlink.secured(context("client", "server"))) {
            URI byName = URI.create(flink.address().toString().replace("127.0.0.1", "localhost"));
            RestAccess access = RestAccess.of(byName).withTls(context("server", "client"));

            assertEquals(
                    Kind.DENIED,
                    fails(new FlinkRest(access, RestLimits.DEFAULT)).kind());
        }
    }

    @Test
    void aPasswordIsSentAndItsRefusalIsNoAnswerOfFlink() throws Exception {
        try (FakeFlink flink = new FakeFlink()) {
            flink.on("GET /overview", RestAccessTest::answerToTheRightPassword);
            RestAccess open = RestAccess.of(flink.address());

            RestFailure without = fails(new FlinkRest(open, RestLimits.DEFAULT));
            RestFailure wrong = fails(rest(open.withPassword("sluice", "guess")));
            int taskManagers = rest(open.withPassword("sluice", "pass:wörd")).taskManagers();

            assertEquals(List.of(Kind.DENIED, Kind.DENIED), List.of(without.kind(), wrong.kind()));
            assertEquals(401, wrong.status());
            assertEquals(2, taskManagers);
        }
    }

    @Test
    void anAddressBelowAPathIsKept() throws Exception {
        try (FakeFlink flink = new FakeFlink()) {
            flink.on("GET /team/flink/overview", 200, OVERVIEW);

            RestAccess access = RestAccess.of(URI.create(flink.address() + "/team/flink/"));

            assertEquals(2, rest(access).taskManagers());
        }
    }

    @Test
    void noTextHoldsThePassword() {
        RestAccess access = RestAccess.of(URI.create("http://jm:8081")).withPassword("me", "pass");

        assertEquals("http://jm:8081 with a password", access.toString());
        assertThrows(
                IllegalArgumentException.class,
                () -> RestAccess.of(URI.create("http://me:pass@jm:8081")));
    }

    @Test
    void aFileThatIsNoCertificateIsNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "no certificate");

        IOException failure =
                assertThrows(IOException.class, () -> Trust.of(text, Optional.empty()));

        assertTrue(failure.getMessage().contains("notes.txt"), failure::getMessage);
    }

    private static void answerToTheRightPassword(HttpExchange call) throws IOException {
        String sent = call.getRequestHeaders().getFirst("Authorization");
        // printf 'sluice:pass:wörd' | base64
        boolean isRight = "Basic c2x1aWNlOnBhc3M6d8O2cmQ=".equals(sent);
        FakeFlink.send(call, isRight ? 200 : 401, isRight ? OVERVIEW : "<html>401</html>");
    }

    private static FlinkRest rest(FakeFlink flink, SSLContext context) {
        return rest(RestAccess.of(flink.address()).withTls(context));
    }

    private static FlinkRest rest(RestAccess access) {
        return new FlinkRest(access, RestLimits.DEFAULT);
    }

    private static RestFailure fails(FlinkRest rest) {
        return assertThrows(RestFailure.class, rest::cluster);
    }

    /** Trusts one of the certificates and presents another. */
    private static SSLContext context(String trusted, String own) throws IOException {
        Identity identity = new Identity(folder.resolve(own + ".p12"), PASSWORD);
        return Trust.of(folder.resolve(trusted + ".pem"), Optional.of(identity));
    }

    private static void certificate(String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-validity",
                "2",
                "-keystore",
                store.toString());
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                name,
                "-keystore",
                store.toString(),
                "-file",
                folder.resolve(name + ".pem").toString());
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", new String(PASSWORD)));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> String.join(" ", command));
    }
}
