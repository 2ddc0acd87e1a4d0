// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.session;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Does nothing until it is told to. */
final class ByHand extends AbstractExecutorService {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    final Queue<String> done = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
    }

    /** The questions that were found out. */
    List<String> work() {
        done.clear();
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
        return List.copyOf(done);
    }

    @Override
    public void shutdown() {
        waiting.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }
}
