// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InquiriesTest {
    private final ByHand threads = new ByHand();
    private final HandClock clock = new HandClock();
    private final Inquiries<String, String, String> inquiries = new Inquiries<>(threads, clock);

    @Test
    void anAnswerIsToldOnceAndOnlyToItsQuestion() {
        Optional<String> atFirst = poll("orders", "does checkpoint 1 fit?");
        threads.work();

        Optional<String> told = poll("orders", "does checkpoint 1 fit?");

        assertTrue(atFirst.isEmpty());
        assertEquals(Optional.of("answer to does checkpoint 1 fit?"), told);
        assertTrue(poll("orders", "does checkpoint 1 fit?").isEmpty());
    }

    @Test
    void aChangedQuestionGetsNoAnswerOfBefore() {
        poll("orders", "does checkpoint 1 fit?");
        threads.work();

        Optional<String> atOnce = poll("orders", "does the named savepoint fit?");
        threads.work();

        assertTrue(atOnce.isEmpty());
        assertEquals(
                Optional.of("answer to does the named savepoint fit?"),
                poll("orders", "does the named savepoint fit?"));
    }

    @Test
    void anAnswerThatNobodyFetchedIsForgotten() {
        poll("orders", "does checkpoint 1 fit?");
        poll("stock", "does checkpoint 4 fit?");
        threads.work();
        clock.now = clock.now.plusSeconds(3600);

        Optional<String> late = poll("orders", "does checkpoint 1 fit?");

        assertTrue(late.isEmpty());
        assertEquals(1, inquiries.size());
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsNotBegun() {
        poll("orders", "does checkpoint 1 fit?");
        poll("orders", "does the named savepoint fit?");

        assertEquals(List.of("does the named savepoint fit?"), threads.work());
    }

    private Optional<String> poll(String subject, String question) {
        return inquiries.poll(subject, question, () -> {
            threads.done.add(question);
            return "answer to " + question;
        });
    }

    /** Does nothing until it is told to. */
    private static final class ByHand extends AbstractExecutorService {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private final Queue<String> done = new ArrayDeque<>();

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

    private static final class HandClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("not asked for");
        }
    }
}
