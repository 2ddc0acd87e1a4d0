// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.reconcile.git.Fetched.Unreachable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that is never silent for long and never comes to an end costs a fetch, and no more. */
class DrippingServerTest {
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"http, 'HTTP/1.1 200 O'", "http, 'HTTP/1.1 200 OK\r\nX: '", "git, '01'"})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void itIsGivenUpAtTheDeadline(String scheme, String begin) throws IOException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> accept(server, threads, begin));
            String url = scheme + "://127.0.0.1:" + server.getLocalPort() + "/jobs.git";
            GitLimits limits = new GitLimits(1 << 20, 1 << 20, 1000, SILENCE, DEADLINE);
            GitRemote remote = new GitRemote(url, "test", limits, GitCredentials.NONE);
            try (GitSource source =
                    GitSource.open(directory.resolve("data"), remote, Clock.systemUTC())) {
                Fetched fetched = source.fetch();

                Unreachable given = assertInstanceOf(Unreachable.class, fetched, fetched::toString);
                assertTrue(given.cause().contains("too long"), given::cause);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void accept(ServerSocket server, ExecutorService threads, String begin) {
        try {
            while (true) {
                Socket client = server.accept();
                threads.execute(() -> drip(client, begin));
            }
        } catch (IOException e) {
            return;
        }
    }

    private static void drip(Socket client, String begin) {
        try (client) {
            OutputStream out = client.getOutputStream();
            out.write(begin.getBytes(StandardCharsets.US_ASCII));
            while (!Thread.currentThread().isInterrupted()) {
                out.write('0');
                out.flush();
                LockSupport.parkNanos(PAUSE);
            }
        } catch (IOException e) {
            return;
        }
    }
}
