// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.drive.session.FileStamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What applications use is never written over, and they see no drafts. */
class WebHdfsTest {
    private static final String THERE = "/sluice/flink/1/lib/a.jar";

    @TempDir
    Path folder;

    private ToyHdfs storage;
    private WebHdfs files;
    private Path jar;

    @BeforeEach
    void open() throws IOException {
        storage = new ToyHdfs();
        files = new WebHdfs(URI.create("hdfs://lake/sluice"), List.of(storage.address()), "joe");
        jar = Files.writeString(folder.resolve("a.jar"), "mine");
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void anUploadAppearsWhenItIsWholeAndItsDraftLiesOutsideOfTheFolder() throws IOException {
        upload();

        assertEquals(Map.of(THERE, "mine"), storage.files());
        assertEquals(Set.of("/sluice/flink/1"), storage.written());
    }

    @Test
    void whatSomebodyElseBroughtDuringAnUploadStays() throws IOException {
        storage.onWrite(() -> storage.put(THERE, "hers"));

        upload();

        assertEquals(Map.of(THERE, "hers"), storage.files());
    }

    @Test
    void whatIsOfAnotherLengthIsReplaced() throws IOException {
        storage.put(THERE, "half of it");

        upload();

        assertEquals(Map.of(THERE, "mine"), storage.files());
    }

    @Test
    void aFileThatChangesDuringItsUploadDoesNotAppear() {
        storage.onWrite(this::change);

        assertThrows(IOException.class, this::upload);
        assertEquals(Map.of(), storage.files());
    }

    @Test
    void onlyHdfsItselfSaysThatAFileIsNotThere() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicReference<String> answer = new AtomicReference<>("<html>no such page</html>");
        server.createContext("/", exchange -> {
            byte[] body = answer.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            WebHdfs behind = new WebHdfs(URI.create("hdfs://lake/sluice"), List.of(address), "joe");
            assertThrows(IOException.class, () -> behind.head("a.txt", 10));
            assertThrows(IOException.class, () -> behind.children("a"));

            answer.set("{\"RemoteException\":{\"exception\":\"FileNotFoundException\"}}");
            assertEquals(Optional.empty(), behind.head("a.txt", 10));
            assertEquals(List.of(), behind.children("a"));
        } finally {
            server.stop(0);
        }
    }

    private void upload() throws IOException {
        files.upload(FileStamp.of(jar), "flink/1/lib/a.jar");
    }

    private void change() {
        try {
            Files.writeString(jar, "another");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
