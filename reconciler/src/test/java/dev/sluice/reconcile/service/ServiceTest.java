// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.reconcile.config.ControllerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceTest {
    @TempDir
    Path folder;

    @Test
    void aTakenAddressEndsTheLoopThatHasBegun() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            ControllerConfig config = config("taken", taken.getLocalPort());

            IOException refused = assertThrows(IOException.class, () -> start(config));

            assertTrue(refused.getMessage().contains("127.0.0.1:" + taken.getLocalPort()));
            assertEquals(List.of(), loops("reconcile-taken"));
        }
    }

    @Test
    void closingEndsTheWait() throws Exception {
        Service service = start(config("closed", 0));

        service.close();

        service.awaitEnd();
        assertEquals(List.of(), loops("reconcile-closed"));
    }

    private static Service start(ControllerConfig config) throws IOException {
        return Service.start(
                config,
                cluster ->
                        new UnservedDriver(cluster.name(), "nobody serves it", Clock.systemUTC()));
    }

    private ControllerConfig config(String environment, int port) {
        return new ControllerConfig(
                folder.resolve("jobs.git").toUri().toString(),
                environment,
                environment,
                folder.resolve("data"),
                new ControllerConfig.Listen("127.0.0.1", port),
                Duration.ofSeconds(1));
    }

    private static List<String> loops(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name::equals)
                .toList();
    }
}
