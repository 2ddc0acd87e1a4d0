// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.status;

import dev.sluice.plan.Phase;
import dev.sluice.reconcile.loop.Board.JobNotice;
import java.time.Instant;

/** Since when a job is in its phase. */
final class PhaseTimes implements Phase.Handler<Instant> {
    private final Instant unknown;

    private PhaseTimes(Instant unknown) {
        this.unknown = unknown;
    }

    /** The phase's own time; an absent job has none and counts from the last look. */
    static Instant since(JobNotice notice) {
        return notice.record().phase().accept(new PhaseTimes(notice.observed().at()));
    }

    @Override
    public Instant absent(Phase.Absent phase) {
        return unknown;
    }

    @Override
    public Instant staging(Phase.Staging phase) {
        return phase.since();
    }

    @Override
    public Instant stopping(Phase.Stopping phase) {
        return phase.since();
    }

    @Override
    public Instant cancelling(Phase.Cancelling phase) {
        return phase.since();
    }

    @Override
    public Instant recovering(Phase.Recovering phase) {
        return phase.since();
    }

    @Override
    public Instant proving(Phase.Proving phase) {
        return phase.since();
    }

    @Override
    public Instant stopped(Phase.Stopped phase) {
        return phase.since();
    }

    @Override
    public Instant starting(Phase.Starting phase) {
        return phase.since();
    }

    @Override
    public Instant verifying(Phase.Verifying phase) {
        return phase.since();
    }

    @Override
    public Instant stable(Phase.Stable phase) {
        return phase.since();
    }

    @Override
    public Instant suspended(Phase.Suspended phase) {
        return phase.since();
    }

    @Override
    public Instant finished(Phase.Finished phase) {
        return phase.since();
    }

    @Override
    public Instant blocked(Phase.Blocked phase) {
        return phase.since();
    }
}
