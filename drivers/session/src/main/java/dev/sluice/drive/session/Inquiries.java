// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.session;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Finds out in the background what is asked again and again until it is known; one question for each
 * subject. Another question about it, or one that nobody came back for, is forgotten with its answer:
 * what was true then says nothing of now.
 */
final class Inquiries<S, Q, A> {
    /** Longer than the longest pause before a job is looked at again, a minute. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(2);

    private record Inquiry<Q, A>(Q question, Future<A> answer, Instant askedAt) {}

    private final ExecutorService threads;
    private final Clock clock;
    private final Map<S, Inquiry<Q, A>> open = new HashMap<>();

    Inquiries(ExecutorService threads, Clock clock) {
        this.threads = requireNonNull(threads, "threads is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * The answer to this very question, once; empty while it is being found out.
     *
     * @param finding makes the answer, on another thread
     */
    synchronized Optional<A> poll(S subject, Q question, Callable<A> finding) {
        Instant now = clock.instant();
        forget(now.minus(FORGOTTEN));
        Inquiry<Q, A> known = open.get(subject);
        if (known != null && !known.question().equals(question)) {
            known.answer().cancel(false);
            known = null;
        }
        Future<A> answer = known == null ? threads.submit(finding) : known.answer();
        open.put(subject, new Inquiry<>(question, answer, now));
        if (!answer.isDone()) {
            return Optional.empty();
        }
        open.remove(subject);
        return Optional.of(result(answer));
    }

    /** How many are under way, or answered and not fetched. */
    synchronized int size() {
        return open.size();
    }

    private void forget(Instant before) {
        open.values().removeIf(inquiry -> {
            boolean isForgotten = inquiry.askedAt().isBefore(before);
            if (isForgotten) {
                inquiry.answer().cancel(false);
            }
            return isForgotten;
        });
    }

    private static <A> A result(Future<A> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("finding out about a job failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted on a finished task", e);
        }
    }
}
