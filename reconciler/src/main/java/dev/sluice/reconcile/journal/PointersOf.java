// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every state pointer that a record mentions, so that the ledger misses none. */
final class PointersOf implements Phase.Handler<Optional<RestoreFrom>> {
    static List<StatePointer> record(JobRecord record) {
        List<StatePointer> found = new ArrayList<>(record.lineage());
        record.startedFrom().flatMap(PointersOf::pointer).ifPresent(found::add);
        record.notes().beforeUpgrade().ifPresent(found::add);
        phase(record).ifPresent(found::add);
        return List.copyOf(found);
    }

    /** The pointer that the record's phase goes on from. */
    static Optional<StatePointer> phase(JobRecord record) {
        return record.phase().accept(new PointersOf()).flatMap(PointersOf::pointer);
    }

    /** The pointer of a restore; empty for an empty start. */
    static Optional<StatePointer> pointer(RestoreFrom from) {
        return from instanceof RestoreFrom.State state
                ? Optional.of(state.pointer())
                : Optional.empty();
    }

    private PointersOf() {}

    @Override
    public Optional<RestoreFrom> absent(Phase.Absent phase) {
        return Optional.empty();
    }

    @Override
    public Optional<RestoreFrom> staging(Phase.Staging phase) {
        return phase.before().accept(this);
    }

    @Override
    public Optional<RestoreFrom> stopping(Phase.Stopping phase) {
        return phase.before().accept(this);
    }

    @Override
    public Optional<RestoreFrom> cancelling(Phase.Cancelling phase) {
        return Optional.of(phase.fallback());
    }

    @Override
    public Optional<RestoreFrom> recovering(Phase.Recovering phase) {
        return phase.search().flatMap(Phase.Search::newest).map(RestoreFrom.State::new);
    }

    @Override
    public Optional<RestoreFrom> proving(Phase.Proving phase) {
        return Optional.of(phase.state());
    }

    @Override
    public Optional<RestoreFrom> stopped(Phase.Stopped phase) {
        return Optional.of(phase.state());
    }

    @Override
    public Optional<RestoreFrom> starting(Phase.Starting phase) {
        return Optional.of(phase.from());
    }

    @Override
    public Optional<RestoreFrom> verifying(Phase.Verifying phase) {
        return Optional.of(phase.from());
    }

    @Override
    public Optional<RestoreFrom> stable(Phase.Stable phase) {
        return Optional.empty();
    }

    @Override
    public Optional<RestoreFrom> suspended(Phase.Suspended phase) {
        return Optional.of(phase.state());
    }

    @Override
    public Optional<RestoreFrom> finished(Phase.Finished phase) {
        return Optional.empty();
    }

    @Override
    public Optional<RestoreFrom> blocked(Phase.Blocked phase) {
        return phase.before().accept(this);
    }
}
