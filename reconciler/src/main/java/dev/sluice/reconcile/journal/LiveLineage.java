// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.spec.observed.StatePointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a job would be restored from next, by its record: what its phase names, and the newest state of
 * its newest attempt or, as long as that has none, what the attempt was started from; and what its last
 * stable spec ended on, while another has not proven itself. During the proof
 * of a start these are two: the attempt may yet be taken back.
 */
public final class LiveLineage {
    /** What a pointer is to its job now. */
    public enum Standing {
        /** The next restore would use it. */
        LIVE,
        /** Nothing would use it by itself, and nothing proves that it is gone. */
        KEPT,
        /** A job started from it and has proven itself, with newer state of its own. */
        CONSUMED,
        /** Proven not to be on storage any more. */
        GONE
    }

    private final List<StatePointer> live;

    private LiveLineage(List<StatePointer> live) {
        this.live = live;
    }

    /** By the record of the journal; without one nothing is live. */
    public static LiveLineage of(Optional<JobRecord> record) {
        return new LiveLineage(record.map(LiveLineage::next).orElse(List.of()));
    }

    /** What the ledger and the record say of the pointer together. */
    public Standing standing(LedgerEntry entry) {
        return switch (entry.status()) {
            case GONE -> Standing.GONE;
            case CONSUMED -> isLive(entry.pointer()) ? Standing.LIVE : Standing.CONSUMED;
            case LIVE -> isLive(entry.pointer()) ? Standing.LIVE : Standing.KEPT;
        };
    }

    public boolean isLive(StatePointer pointer) {
        return live.stream().anyMatch(known -> known.path().equals(pointer.path()));
    }

    /**
     * The state that the newest attempt was started from, once nothing goes back to it: the attempt is
     * stable and has newer state of its own.
     */
    static Optional<StatePointer> consumed(JobRecord record) {
        Optional<StatePointer> own = own(record);
        return record.startedFrom()
                .filter(from -> record.phase() instanceof Phase.Stable && own.isPresent())
                .flatMap(PointersOf::pointer)
                .filter(from -> !own.get().path().equals(from.path()));
    }

    private static List<StatePointer> next(JobRecord record) {
        List<StatePointer> next = new ArrayList<>();
        PointersOf.phase(record).ifPresent(next::add);
        record.notes().beforeUpgrade().ifPresent(next::add);
        own(record)
                .or(() -> record.startedFrom().flatMap(PointersOf::pointer))
                .ifPresent(next::add);
        return List.copyOf(next);
    }

    private static Optional<StatePointer> own(JobRecord record) {
        return record.newestState().filter(newest -> newest.attempt() == record.attempt());
    }
}
