// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What the program {@code Gap} has written: its counts, with their times, of all attempts so far. */
record CountedFile(Path path) {
    private static final String BEGIN = "#";
    private static final int ENOUGH = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** How many attempts have begun. */
    int attempts() throws IOException {
        return (int) lines().stream().filter(BEGIN::equals).count();
    }

    /** Waits until so many attempts have begun and the last one counts. */
    void awaitAttempt(int attempts) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (attempts() < attempts || sinceLastBegin() < ENOUGH) {
            if (System.nanoTime() > end) {
                throw new IOException("attempt " + attempts + " does not count in " + path);
            }
            Thread.sleep(5);
        }
    }

    /**
     * Milliseconds from the last count of the attempt before to the first count of the last one.
     *
     * @throws IOException when the count did not go on where it stood
     */
    long gap() throws IOException {
        List<String> lines = lines();
        int begin = lines.lastIndexOf(BEGIN);
        String[] last = lines.get(begin - 1).split(",");
        String[] first = lines.get(begin + 1).split(",");
        if (Long.parseLong(first[1]) != Long.parseLong(last[1]) + 1) {
            throw new IOException("state was lost: " + last[1] + " is followed by " + first[1]);
        }
        return Long.parseLong(first[0]) - Long.parseLong(last[0]);
    }

    /** When the last attempt wrote its first count, in milliseconds since 1970. */
    long firstCount() throws IOException {
        List<String> lines = lines();
        return Long.parseLong(lines.get(lines.lastIndexOf(BEGIN) + 1).split(",")[0]);
    }

    private int sinceLastBegin() throws IOException {
        List<String> lines = lines();
        return lines.size() - 1 - lines.lastIndexOf(BEGIN);
    }

    /** Whole lines only; the last one may be on its way. */
    private List<String> lines() throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        String text = Files.readString(path);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }
}
