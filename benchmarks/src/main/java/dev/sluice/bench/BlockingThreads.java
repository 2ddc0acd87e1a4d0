// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * The scheme of a controller with 50 threads, each of which waits until its job's savepoint is done:
 * what is due next waits for a free thread. Nothing but this waiting is played.
 */
final class BlockingThreads {
    private static final int THREADS = 50;

    /** Here, so that the benchmark ends; of a large job it is minutes. */
    private static final long SAVEPOINT_MILLIS = 500;

    private BlockingThreads() {}

    /** Milliseconds until the quick job's turn comes, when so many savepoints were asked for before. */
    static double deploy(int slow) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int job = 0; job < slow; job++) {
                threads.execute(BlockingThreads::savepoint);
            }
            long began = System.nanoTime();
            FutureTask<Long> quick = new FutureTask<>(System::nanoTime);
            threads.execute(quick);
            return (quick.get() - began) / 1e6;
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    private static void savepoint() {
        try {
            Thread.sleep(SAVEPOINT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
