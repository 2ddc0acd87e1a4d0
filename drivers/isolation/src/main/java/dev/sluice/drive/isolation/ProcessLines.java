// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The lines a process writes, readable with a time limit, each of a bounded length. */
final class ProcessLines {
    /** The graph of a very large job has some 10 MB. */
    private static final int LONGEST = 64 * 1024 * 1024;

    private static final int WAITING = 64;
    private static final String END = "\0";

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(WAITING);

    private ProcessLines() {}

    static ProcessLines of(InputStream stream) {
        ProcessLines lines = new ProcessLines();
        Thread reading = new Thread(() -> lines.read(stream), "worker-answers");
        reading.setDaemon(true);
        reading.start();
        return lines;
    }

    /** The next line; empty when there is none in time or will never be one. */
    Optional<String> next(long nanoseconds) {
        try {
            String line = lines.poll(nanoseconds, TimeUnit.NANOSECONDS);
            if (line == null) {
                return Optional.empty();
            }
            if (line.equals(END)) {
                lines.put(END);
                return Optional.empty();
            }
            return Optional.of(line);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void read(InputStream stream) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            for (int next = reader.read(); next >= 0; next = reader.read()) {
                if (next == '\n') {
                    lines.put(line.toString());
                    line.setLength(0);
                } else if (line.length() < LONGEST) {
                    line.append((char) next);
                }
            }
            lines.put(END);
        } catch (IOException streamClosedWithTheProcess) {
            offerEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void offerEnd() {
        try {
            lines.put(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
