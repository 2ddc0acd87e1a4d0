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
 * @param until when the last of what JobManagers told had been completed, by their clock
 * @param found when the last of what was found on storage had been written, by the clock of the storage
 */
public record KnownState(Optional<StatePointer> newest, Instant until, Optional<Instant> found) {
    /** Clocks of JobManagers and of storage differ by less. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    public KnownState {
        requireNonNull(newest, "newest is null");
        requireNonNull(until, "until is null");
        requireNonNull(found, "found is null");
    }

    /**
     * What is known when an attempt is fixed.
     *
     * @param lineage newest first; the record forgets its oldest pointers
     * @param news what an earlier attempt had completed since the attempt before was fixed, found on
     *     storage
     * @param before what was known when that attempt was fixed, and stays known
     */
    public static KnownState of(
            List<StatePointer> lineage, Optional<StatePointer> news, Optional<KnownState> before) {
        Stream<Instant> told = lineage.stream()
                .filter(pointer -> !isFound(pointer))
                .map(StatePointer::completedAt);
        Stream<Instant> seen = Stream.concat(
                        lineage.stream().filter(KnownState::isFound), news.stream())
                .map(StatePointer::completedAt);
        Instant until = Stream.concat(told, before.map(KnownState::until).stream())
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        Optional<Instant> found = Stream.concat(seen, before.flatMap(KnownState::found).stream())
                .max(Instant::compareTo);
        return new KnownState(lineage.stream().findFirst(), until, found);
    }

    /** Storage does not say which version wrote what it holds. */
    private static boolean isFound(StatePointer pointer) {
        return pointer.flinkVersion().equals(StatePointer.UNKNOWN_VERSION);
    }

    /**
     * The same by the clock of the storage, which may be far from that of the JobManagers.
     *
     * @param written when the newest known state was written, by that clock
     */
    public KnownState by(Instant written) {
        return newest.map(known -> Duration.between(known.completedAt(), written))
                .map(ahead -> new KnownState(newest, until.plus(ahead), found))
                .orElse(this);
    }

    /**
     * An earlier attempt went on from there: its checkpoint is the newest state of the job. In doubt it
     * is not, such as where the id of a savepoint could not be read.
     */
    public boolean isContinuedBy(StatePointer other) {
        return isNews(other)
                && newest.filter(known -> !isContinued(known, other)).isEmpty();
    }

    private static boolean isContinued(StatePointer known, StatePointer other) {
        return other.attempt() > known.attempt()
                || other.attempt() == known.attempt()
                        && known.checkpointId() >= 0
                        && other.checkpointId() > known.checkpointId();
    }

    /**
     * An earlier attempt completed this later than all that was known. It may have gone on, or have gone
     * back first: then its checkpoints are counted from a lower number again.
     */
    public boolean isNews(StatePointer other) {
        if (other.kind() != Kind.CHECKPOINT) {
            return false;
        }
        boolean isKnown =
                newest.filter(known -> known.path().equals(other.path())).isPresent();
        return !isKnown
                && (newest.filter(known -> !other.isNewerThan(known)).isEmpty()
                        || isLater(other.completedAt()));
    }

    private boolean isLater(Instant completed) {
        return completed.isAfter(until.plus(SKEW))
                && found.filter(last -> !completed.isAfter(last)).isEmpty();
    }
}
