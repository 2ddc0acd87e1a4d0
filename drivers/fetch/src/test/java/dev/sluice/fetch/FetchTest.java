// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.fetch.FetchFailure.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchTest {
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();
    private HttpServer server;
    private byte[] body = jar("Main.class");
    private int failures;

    @TempDir
    Path folder;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String login = exchange.getRequestHeaders().getFirst("Authorization");
        seen.add(path + " " + login);
        if (path.startsWith("/elsewhere")) {
            exchange.getResponseHeaders().add("Location", otherName() + "/jar");
            exchange.sendResponseHeaders(302, -1);
        } else if (path.startsWith("/status")) {
            exchange.sendResponseHeaders(Integer.parseInt(path.substring(8)), -1);
        } else if (failures > 0) {
            failures--;
            exchange.sendResponseHeaders(503, -1);
        } else {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Test
    void aProgramFromAnAddressAppearsWholeUnderItsName() throws Exception {
        Path target = bring(part(body, address() + "/jar"));

        assertArrayEquals(body, Files.readAllBytes(target));
        assertEquals(List.of("p.jar"), names(folder));
    }

    @Test
    void otherBytesAreNotTaken() {
        FetchFailure failure = assertThrows(
                FetchFailure.class, () -> bring(part(jar("Other.class"), address() + "/jar")));

        assertEquals(Reason.OTHER_BYTES, failure.reason());
        assertTrue(failure.getMessage().contains(digest(body)), failure::getMessage);
        assertFalse(Files.exists(folder.resolve("p.jar")));
    }

    @Test
    void aServerInTroubleIsAskedAgain() throws Exception {
        failures = 2;

        assertArrayEquals(body, Files.readAllBytes(bring(part(body, address() + "/jar"))));
    }

    @Test
    void aServerThatStaysInTroubleIsUnreachable() {
        failures = 3;

        assertEquals(Reason.UNREACHABLE, failure("/jar").reason());
    }

    @Test
    void anAnswerSaysWhoseFaultItIs() {
        assertEquals(Reason.NOT_FOUND, failure("/status/404").reason());
        assertEquals(Reason.DENIED, failure("/status/401").reason());
        assertEquals(2, seen.size(), "neither is asked again");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        String missing = folder.resolve("missing.jar").toString();

        FetchFailure failure = assertThrows(FetchFailure.class, () -> bring(part(body, missing)));

        assertEquals(Reason.NOT_FOUND, failure.reason());
        assertTrue(failure.getMessage().contains(missing), failure::getMessage);
    }

    @Test
    void credentialsAreForTheirOriginOnly() throws Exception {
        environment.put("SLUICE_FETCH_ORIGIN", address());
        environment.put("SLUICE_FETCH_username", "reader");
        environment.put("SLUICE_FETCH_password", "secret");

        bring(part(body, address() + "/elsewhere"));

        assertEquals(List.of("/elsewhere Basic cmVhZGVyOnNlY3JldA==", "/jar null"), seen);
    }

    @Test
    void whatAProgramNeedsLiesInItWhereFlinkLooks() throws Exception {
        byte[] library = jar("Library.class");
        Path file = Files.write(Files.createTempFile(folder, "library", ".jar"), library);

        Path target =
                bring(part(body, address() + "/jar"), digest(library) + "\tlibrary.jar\t" + file);

        try (ZipFile whole = new ZipFile(target.toFile())) {
            assertEquals(
                    List.of("Main.class", "lib/1-library.jar"),
                    whole.stream().map(ZipEntry::getName).toList());
            assertArrayEquals(
                    library,
                    whole.getInputStream(whole.getEntry("lib/1-library.jar")).readAllBytes());
        }
    }

    private FetchFailure failure(String path) {
        return assertThrows(FetchFailure.class, () -> bring(part(body, address() + path)));
    }

    private Path bring(String... lines) throws IOException, FetchFailure {
        Path target = folder.resolve("p.jar");
        new Fetch(new Source(Login.of(environment)), 1).bring(Part.parse(List.of(lines)), target);
        return target;
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The same server under another name is another origin. */
    private String otherName() {
        return address().replace("127.0.0.1", "localhost");
    }

    private static String part(byte[] bytes, String source) {
        return digest(bytes) + "\tp.jar\t" + source;
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] jar(String entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.putNextEntry(new ZipEntry(entry));
            out.write(entry.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }
}
