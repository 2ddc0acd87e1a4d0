// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.reconcile.git.Fetched.Refusal;
import dev.sluice.reconcile.git.Fetched.Refused;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that lists branches for ever fills no memory. */
class EndlessBranchesTest {
    private static final String HTTP_HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\n"
                    + "Connection: close\r\n\r\n001e# service=git-upload-pack\n0000";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"git", "http"})
    @Timeout(60)
    void aListWithoutEndIsCutAndTold(String scheme) throws IOException {
        ExecutorService threads = Executors.newCachedThreadPool();
        AtomicLong sent = new AtomicLong();
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> list(server, scheme.equals("http") ? HTTP_HEAD : "", sent));
            String url = scheme + "://127.0.0.1:" + server.getLocalPort() + "/jobs.git";
            try (GitSource source = GitSource.open(
                    directory.resolve("data"), new GitRemote(url, "test"), Clock.systemUTC())) {
                Fetched fetched = source.fetch();

                Refused refused = assertInstanceOf(Refused.class, fetched, fetched::toString);
                assertEquals(Refusal.TOO_LARGE, refused.reason());
            }
            assertTrue(sent.get() < 64 << 20, () -> sent + " bytes");
        } finally {
            threads.shutdownNow();
        }
    }

    private static void list(ServerSocket server, String head, AtomicLong sent) {
        try (Socket client = server.accept()) {
            OutputStream out = client.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            String id = "3f2a91c0".repeat(5);
            for (long branch = 0; ; branch++) {
                String line = id + " refs/heads/" + "b".repeat(900) + branch
                        + (branch == 0 ? "\0 agent=test\n" : "\n");
                byte[] packet = String.format("%04x%s", line.length() + 4, line)
                        .getBytes(StandardCharsets.US_ASCII);
                out.write(packet);
                sent.addAndGet(packet.length);
            }
        } catch (IOException e) {
            return;
        }
    }
}
