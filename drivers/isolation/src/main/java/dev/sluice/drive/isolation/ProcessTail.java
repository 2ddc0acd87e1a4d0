// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads away what a process complains of and remembers the end of it. */
final class ProcessTail {
    private static final int KEPT = 4096;

    private final byte[] kept = new byte[KEPT];
    private int length;

    private ProcessTail() {}

    static ProcessTail of(InputStream stream) {
        ProcessTail tail = new ProcessTail();
        Thread reading = new Thread(() -> tail.read(stream), "worker-complaints");
        reading.setDaemon(true);
        reading.start();
        return tail;
    }

    /** The last line that is not empty, with a colon before it; empty when there is none. */
    synchronized String told() {
        String text = new String(kept, 0, length, StandardCharsets.UTF_8);
        return text.lines()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second)
                .map(line -> ": " + line.strip())
                .orElse("");
    }

    private void read(InputStream stream) {
        byte[] buffer = new byte[KEPT];
        try (stream) {
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                keep(buffer, read);
            }
        } catch (IOException closedWithTheProcess) {
            Arrays.fill(buffer, (byte) 0);
        }
    }

    private synchronized void keep(byte[] bytes, int count) {
        int old = Math.min(length, KEPT - count);
        System.arraycopy(kept, length - old, kept, 0, old);
        System.arraycopy(bytes, 0, kept, old, count);
        length = old + count;
    }
}
