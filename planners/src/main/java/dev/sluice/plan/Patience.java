// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.UpgradePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Until when a phase is what others should wait for. A job that takes longer is looked after as
 * before, but it is stuck, and nobody waits for it any more. Phases without an end of their own, such
 * as Stable and Blocked, are nothing to wait for.
 */
public final class Patience implements Phase.Handler<Optional<Instant>> {
    /** A look, a proof, a search or the acceptance of a start: seconds, unless something hangs. */
    public static final Duration STEP = Duration.ofMinutes(2);

    private final UpgradePolicy policy;

    private Patience(UpgradePolicy policy) {
        this.policy = policy;
    }

    /** The end of others' patience with a job in this phase; empty when nobody need wait for it. */
    public static Optional<Instant> end(Phase phase, Optional<EffectiveJob> job) {
        UpgradePolicy policy =
                job.map(known -> known.spec().upgrade()).orElse(UpgradePolicy.DEFAULT);
        return phase.accept(new Patience(policy));
    }

    @Override
    public Optional<Instant> absent(Phase.Absent phase) {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> staging(Phase.Staging phase) {
        return phase.before().accept(this);
    }

    @Override
    public Optional<Instant> stopping(Phase.Stopping phase) {
        return Optional.of(phase.since().plus(policy.savepointTimeout()));
    }

    @Override
    public Optional<Instant> cancelling(Phase.Cancelling phase) {
        return Optional.of(phase.since().plus(Limits.CANCEL));
    }

    @Override
    public Optional<Instant> recovering(Phase.Recovering phase) {
        return Optional.of(phase.since().plus(STEP));
    }

    @Override
    public Optional<Instant> proving(Phase.Proving phase) {
        return Optional.of(phase.since().plus(STEP));
    }

    @Override
    public Optional<Instant> stopped(Phase.Stopped phase) {
        return Optional.of(phase.since().plus(STEP));
    }

    @Override
    public Optional<Instant> starting(Phase.Starting phase) {
        return Optional.of(phase.since().plus(STEP));
    }

    @Override
    public Optional<Instant> verifying(Phase.Verifying phase) {
        return Optional.of(phase.since().plus(policy.soak()).plus(Limits.START));
    }

    @Override
    public Optional<Instant> stable(Phase.Stable phase) {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> suspended(Phase.Suspended phase) {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> finished(Phase.Finished phase) {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> blocked(Phase.Blocked phase) {
        return Optional.empty();
    }
}
