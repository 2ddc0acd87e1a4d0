// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How long something took, as an immutable histogram.
 *
 * @param counts durations per bucket of {@link #BOUNDS}, not cumulated, and one more for the rest
 * @param sum of all durations
 */
public record Timing(List<Long> counts, Duration sum) {
    /** Upper bounds of the buckets, from a tick without change to a savepoint of ten minutes. */
    public static final List<Duration> BOUNDS = List.of(
            Duration.ofMillis(5),
            Duration.ofMillis(25),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(60),
            Duration.ofSeconds(180),
            Duration.ofSeconds(600));

    /** Nothing measured yet. */
    public static final Timing NONE =
            new Timing(Collections.nCopies(BOUNDS.size() + 1, 0L), Duration.ZERO);

    public Timing {
        counts = List.copyOf(counts);
        if (counts.size() != BOUNDS.size() + 1) {
            throw new IllegalArgumentException("one count per bucket expected: " + counts.size());
        }
        requireNonNull(sum, "sum is null");
    }

    /** This and one more duration. */
    public Timing with(Duration duration) {
        int bucket = 0;
        while (bucket < BOUNDS.size() && duration.compareTo(BOUNDS.get(bucket)) > 0) {
            bucket++;
        }
        List<Long> more = new ArrayList<>(counts);
        more.set(bucket, more.get(bucket) + 1);
        return new Timing(more, sum.plus(duration));
    }
}
