// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Where worker threads leave news for the loop's one thread. */
final class Inbox {
    private final BlockingQueue<News> queue = new LinkedBlockingQueue<>();

    void put(News news) {
        queue.add(news);
    }

    /**
     * All news there is, waiting for the first at most so long.
     *
     * @return possibly empty, in order of arrival
     * @throws InterruptedException when the loop is asked to end
     */
    List<News> take(Duration longest) throws InterruptedException {
        List<News> taken = new ArrayList<>();
        News first = queue.poll(Math.max(1, longest.toMillis()), TimeUnit.MILLISECONDS);
        if (first != null) {
            taken.add(first);
            queue.drainTo(taken);
        }
        return taken;
    }
}
