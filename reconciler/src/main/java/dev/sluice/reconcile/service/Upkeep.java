// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import dev.sluice.reconcile.journal.Journal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks storage which state is gone, and removes history that is older than wished: once at the start
 * and then once a day.
 */
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final long PERIOD_HOURS = 24;

    private final ScheduledExecutorService thread;

    private Upkeep(ScheduledExecutorService thread) {
        this.thread = thread;
    }

    /** @param keep how old history may get; empty for ever */
    static Upkeep start(Journal journal, Optional<Duration> keep, Clock clock) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "upkeep");
            daemon.setDaemon(true);
            return daemon;
        });
        thread.scheduleWithFixedDelay(
                () -> tidy(journal, keep, clock), 0, PERIOD_HOURS, TimeUnit.HOURS);
        return new Upkeep(thread);
    }

    /** A day without it is no harm, so a failure waits for the next. */
    private static void tidy(Journal journal, Optional<Duration> keep, Clock clock) {
        try {
            LOG.info("state counted gone={}", new StateCensus(journal).take(clock.instant()));
            keep.ifPresent(period -> prune(journal, period, clock.instant()));
        } catch (RuntimeException e) {
            // The thread would end with it, and nobody would notice.
            LOG.warn("upkeep failed cause={}", e.getMessage());
        }
    }

    private static void prune(Journal journal, Duration keep, Instant now) {
        long removed = journal.prune(now.minus(keep), now);
        LOG.info("history pruned rows={} olderThan={}", removed, keep);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
