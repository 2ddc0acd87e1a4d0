// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The ports that JobManagers are given, each to one. Seconds pass until Flink takes its ports, and a job
 * in application mode that finds one taken has been stopped for nothing. So they lie outside of the
 * range from which the system lends ports to connections and to whoever asks for any
 * ({@code ip_local_port_range}): no port of that range is safe to be free a moment later. Nor is one
 * given twice while others are left.
 */
final class FreePorts {
    private static final Path LENT = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final int FIRST = 20_000;
    private static final int USUAL_END = 30_000;

    private final int first;
    private final int count;
    private int turn;

    /**
     * @param first lowest port
     * @param count how many there are from there on; 0 for whatever the system lends
     * @param turn which of them is given first, from 0
     */
    FreePorts(int first, int count, int turn) {
        this.first = first;
        this.count = count;
        this.turn = turn;
    }

    /** Beside those that this system lends, beginning anywhere: another controller may do the same. */
    static FreePorts ofSystem() {
        return beside(firstLent());
    }

    /** @param firstLent the lowest port that is lent */
    static FreePorts beside(int firstLent) {
        int count = Math.max(0, Math.min(USUAL_END, firstLent) - FIRST);
        return new FreePorts(FIRST, count, ThreadLocalRandom.current().nextInt(Math.max(1, count)));
    }

    /** The lowest port that is lent; beyond all of ours where the system does not tell. */
    static int firstLent() {
        // At once: the kernel answers a second read with the end of the file.
        try (BufferedReader file = Files.newBufferedReader(LENT)) {
            return Integer.parseInt(file.readLine().split("\\s+")[0]);
        } catch (IOException | NumberFormatException anotherSystem) {
            return USUAL_END;
        }
    }

    /** Two ports that are free now and that nobody was given before. */
    synchronized Ports choose() throws IOException {
        int rest = next();
        int rpc = next();
        return rpc > 0 && rpc != rest ? new Ports(rest, rpc) : Ports.lent();
    }

    private int next() {
        for (int look = 0; look < count; look++) {
            int port = first + turn;
            turn = (turn + 1) % count;
            if (Ports.isFree(port)) {
                return port;
            }
        }
        return 0;
    }
}
