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

    private final Optional<EffectiveJob> job;

    private Patience(Optional<EffectiveJob> job) {
        this.job = job;
    }

    /** The end of others' patience with a job in this phase; empty when nobody need wait for it. */
    public static Optional<Instant> end(Phase phase, Optional<EffectiveJob> job) {
        return phase.accept(new Patience(job));
    }

    /** How long a job in this phase takes to prove itself once it runs, its first checkpoint included. */
    public static Duration proof(Phase phase, Optional<EffectiveJob> job) {
        Optional<Duration> told = phase instanceof Phase.Verifying verifying
                ? verifying.interval()
                : Optional.empty();
        return job.map(known -> SoakTime.longest(known.spec(), told)).orElse(SoakTime.LEAST);
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
        UpgradePolicy policy =
                job.map(known -> known.spec().upgrade()).orElse(UpgradePolicy.DEFAULT);
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
        return Optional.of(phase.since().plus(proof(phase, job)).plus(Limits.START));
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
