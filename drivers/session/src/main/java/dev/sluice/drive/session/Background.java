// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.session;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.ArtifactFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/**
 * Makes something of files that may have to be downloaded, in the background; one question for each
 * subject. What was made is handed out again and again while its files are as they were, but not for
 * long: then everything is looked at anew.
 *
 * @param <T> what is made
 */
final class Background<S, Q, T> {
    /** Less than what the cache leaves alone, so that nothing is removed while it is handed out. */
    static final Duration FRESH = Duration.ofMinutes(10);

    /** Makes it; takes as long as it takes. */
    @FunctionalInterface
    interface Work<T> {
        T make() throws ArtifactFailure, IOException;
    }

    private record Made<Q, T>(Q question, T value, List<FileStamp> stamps, Instant at) {
        boolean isOlderThan(Instant limit) {
            return at.isBefore(limit);
        }

        boolean isUntouched() throws IOException {
            for (FileStamp stamp : stamps) {
                if (!stamp.isUntouched()) {
                    return false;
                }
            }
            return true;
        }
    }

    private final Inquiries<S, Q, Work<Made<Q, T>>> inquiries;
    private final Function<T, List<Path>> files;
    private final Clock clock;
    private final Map<S, Made<Q, T>> made = new HashMap<>();

    /** @param files what a thing consists of */
    Background(ExecutorService threads, Function<T, List<Path>> files, Clock clock) {
        this.inquiries = new Inquiries<>(threads, clock);
        this.files = requireNonNull(files, "files is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * What this very question asks for; empty while it is being made. A failure is thrown once, and
     * the next call begins anew.
     */
    synchronized Optional<T> poll(S subject, Q question, Work<T> work)
            throws ArtifactFailure, IOException {
        Instant limit = clock.instant().minus(FRESH);
        made.values().removeIf(old -> old.isOlderThan(limit));
        Made<Q, T> known = made.get(subject);
        if (known != null && known.question().equals(question) && known.isUntouched()) {
            return Optional.of(known.value());
        }
        made.remove(subject);
        Optional<Work<Made<Q, T>>> answer =
                inquiries.poll(subject, question, () -> attempted(question, work));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        Made<Q, T> now = answer.get().make();
        made.put(subject, now);
        return Optional.of(now.value());
    }

    /** Has it made anew when it is asked for next. */
    synchronized void forget(S subject) {
        made.remove(subject);
    }

    /** The thing or the failure, to be told on the thread that asks. */
    private Work<Made<Q, T>> attempted(Q question, Work<T> work) {
        try {
            T value = work.make();
            List<FileStamp> stamps = new ArrayList<>();
            for (Path file : files.apply(value)) {
                stamps.add(FileStamp.of(file));
            }
            Made<Q, T> now = new Made<>(question, value, stamps, clock.instant());
            return () -> now;
        } catch (ArtifactFailure e) {
            return () -> {
                throw e;
            };
        } catch (IOException e) {
            return () -> {
                throw e;
            };
        }
    }
}
