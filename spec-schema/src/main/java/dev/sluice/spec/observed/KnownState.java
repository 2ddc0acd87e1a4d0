// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.observed;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.observed.StatePointer.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was known of the state of a job when its newest attempt was fixed. Whatever an earlier attempt
 * completes after that, it has completed because it came back to life.
 *
 * @param newest absent when none was known
 * @param until when the last of what was known had been completed
 */
public record KnownState(Optional<StatePointer> newest, Instant until) {
    /** Clocks of JobManagers and of storage differ by less. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    public KnownState {
        requireNonNull(newest, "newest is null");
        requireNonNull(until, "until is null");
    }

    /**
     * What is known when an attempt is fixed.
     *
     * @param lineage newest first
     * @param news what an earlier attempt had completed since the attempt before was fixed: known from
     *     now on
     */
    public static KnownState of(List<StatePointer> lineage, Optional<StatePointer> news) {
        Instant until = Stream.concat(lineage.stream(), news.stream())
                .map(StatePointer::completedAt)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        return new KnownState(lineage.stream().findFirst(), until);
    }

    /**
     * The same by the clock of the storage, which may be far from that of the JobManagers.
     *
     * @param written when the newest known state was written, by that clock
     */
    public KnownState by(Instant written) {
        return newest.map(known -> Duration.between(known.completedAt(), written))
                .map(ahead -> new KnownState(newest, until.plus(ahead)))
                .orElse(this);
    }

    /**
     * An earlier attempt went on from there: its checkpoint is the newest state of the job. In doubt it
     * is not, such as where the id of a savepoint could not be read.
     */
    public boolean isContinuedBy(StatePointer found) {
        return isNews(found)
                && newest.filter(known -> !isContinued(known, found)).isEmpty();
    }

    private static boolean isContinued(StatePointer known, StatePointer found) {
        return found.attempt() > known.attempt()
                || found.attempt() == known.attempt()
                        && known.checkpointId() >= 0
                        && found.checkpointId() > known.checkpointId();
    }

    /**
     * An earlier attempt completed this later than all that was known. It may have gone on, or have gone
     * back first: then its checkpoints are counted from a lower number again.
     */
    public boolean isNews(StatePointer found) {
        if (found.kind() != Kind.CHECKPOINT) {
            return false;
        }
        boolean isKnown =
                newest.filter(known -> known.path().equals(found.path())).isPresent();
        return !isKnown
                && (newest.filter(known -> !found.isNewerThan(known)).isEmpty()
                        || found.completedAt().isAfter(until.plus(SKEW)));
    }
}
