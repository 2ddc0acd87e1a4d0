// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * Cuts the connections of one conversation when its time is over. What is read of a body is measured
 * as it comes; the status line and the headers are read inside Java's HTTP, which limits nothing but
 * the silence between two bytes, and a server may drip those for ever.
 */
final class HttpDeadline implements AutoCloseable {
    private final FetchBudget budget;
    private final Queue<HttpURLConnection> connections = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean isOver;

    private HttpDeadline(FetchBudget budget) {
        this.budget = requireNonNull(budget, "budget is null");
    }

    static HttpDeadline start(FetchBudget budget) {
        HttpDeadline deadline = new HttpDeadline(budget);
        Thread watch = new Thread(deadline::await, "git-deadline");
        watch.setDaemon(true);
        watch.start();
        return deadline;
    }

    FetchBudget budget() {
        return budget;
    }

    /** Puts a connection under the deadline; one that comes after it is cut at once. */
    void limit(HttpURLConnection connection) {
        connections.add(connection);
        if (isOver) {
            connection.disconnect();
        }
    }

    /** The cause of a failure: a connection that was cut here says only that it is closed. */
    IOException cause(IOException failure) {
        return isOver ? new IOException("the fetch takes too long", failure) : failure;
    }

    @Override
    public void close() {
        ended.countDown();
    }

    private void await() {
        try {
            if (ended.await(budget.left().toNanos(), NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        isOver = true;
        connections.forEach(HttpURLConnection::disconnect);
    }
}
