// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import java.time.Instant;
import java.util.Optional;

/** Since when a job is in its phase. */
public final class PhaseTimes implements Phase.Handler<Optional<Instant>> {
    private static final PhaseTimes TIMES = new PhaseTimes();

    private PhaseTimes() {}

    /** The phase's own time; a job that was never started has none. */
    public static Optional<Instant> since(Phase phase) {
        return phase.accept(TIMES);
    }

    @Override
    public Optional<Instant> absent(Phase.Absent phase) {
        return phase.since();
    }

    @Override
    public Optional<Instant> staging(Phase.Staging phase) {
        return Optional.of(phase.since());
    }

    @Override
    public Optional<Instant> stopping(Phase.Stopping phase) {
        return Optional.of(phase.since());
    }

    @Override
    public Optional<Instant> cancelling(Phase.Cancelling phase) {
        return Optional.of(phase.since());
    }

    @Override
    public Optional<Instant> recovering(Phase.Recovering phase) {
        return Optional.of(phase.since());
    }

    @Override
    public Optional<Instant> proving(Phase.Proving phase) {
        return Optional.of(phase.since());
    }

    @Override
    public Optional<Instant> stopped(Phase.Stopped phase) {
        return Optional.of(phase.since());
    }

    @Override
    public Optional<Instant> starting(Phase.Starting phase) {
        return Optional.of(phase.since());
    }

    @Override
    public Optional<Instant> verifying(Phase.Verifying phase) {
        return Optional.of(phase.since());
    }

    @Override
    public Optional<Instant> stable(Phase.Stable phase) {
        return Optional.of(phase.since());
    }

    @Override
    public Optional<Instant> suspended(Phase.Suspended phase) {
        return Optional.of(phase.since());
    }

    @Override
    public Optional<Instant> finished(Phase.Finished phase) {
        return Optional.of(phase.since());
    }

    @Override
    public Optional<Instant> blocked(Phase.Blocked phase) {
        return Optional.of(phase.since());
    }
}
