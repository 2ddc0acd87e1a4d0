// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Looks again and again at the command lines and environments of all processes that it may look at,
 * because many of them live for seconds only.
 */
final class ProcessScan implements AutoCloseable {
    private static final Path PROCESSES = Path.of("/proc");
    private static final long PERIOD = 100;

    private final String wanted;
    private final ConcurrentSkipListSet<String> found = new ConcurrentSkipListSet<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    /** @param wanted what should be found nowhere */
    ProcessScan(String wanted) {
        this.wanted = wanted;
        clock.scheduleWithFixedDelay(this::look, 0, PERIOD, TimeUnit.MILLISECONDS);
    }

    /** Where it was found. */
    List<String> found() {
        return List.copyOf(found);
    }

    int looks() {
        return looks.get();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private void look() {
        try (Stream<Path> processes = Files.list(PROCESSES)) {
            processes
                    .filter(path -> path.getFileName().toString().matches("\\d+"))
                    .flatMap(path -> Stream.of(path.resolve("cmdline"), path.resolve("environ")))
                    .filter(this::has)
                    .forEach(path -> found.add(path.toString()));
            looks.incrementAndGet();
        } catch (IOException notReadable) {
            return; // then too few looks are counted
        }
    }

    private boolean has(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .contains(wanted);
        } catch (IOException ended) {
            return false;
        }
    }
}
