// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

import dev.sluice.plan.Phase;

/** The words of each phase while nothing else is wrong; a new phase does not compile without. */
final class PhaseWords implements Phase.Handler<StatusWords> {
    @Override
    public StatusWords absent(Phase.Absent phase) {
        return outOfSync(Health.MISSING);
    }

    @Override
    public StatusWords staging(Phase.Staging phase) {
        return outOfSync(Health.PROGRESSING);
    }

    @Override
    public StatusWords stopping(Phase.Stopping phase) {
        return outOfSync(Health.PROGRESSING);
    }

    @Override
    public StatusWords cancelling(Phase.Cancelling phase) {
        return outOfSync(Health.PROGRESSING);
    }

    @Override
    public StatusWords recovering(Phase.Recovering phase) {
        return outOfSync(Health.DEGRADED);
    }

    @Override
    public StatusWords proving(Phase.Proving phase) {
        return outOfSync(Health.PROGRESSING);
    }

    @Override
    public StatusWords stopped(Phase.Stopped phase) {
        return outOfSync(Health.PROGRESSING);
    }

    @Override
    public StatusWords starting(Phase.Starting phase) {
        return outOfSync(Health.PROGRESSING);
    }

    @Override
    public StatusWords verifying(Phase.Verifying phase) {
        return outOfSync(Health.PROGRESSING);
    }

    @Override
    public StatusWords stable(Phase.Stable phase) {
        return new StatusWords(Sync.SYNCED, Health.HEALTHY);
    }

    @Override
    public StatusWords suspended(Phase.Suspended phase) {
        return new StatusWords(Sync.SYNCED, Health.SUSPENDED);
    }

    @Override
    public StatusWords finished(Phase.Finished phase) {
        return new StatusWords(Sync.SYNCED, Health.HEALTHY);
    }

    @Override
    public StatusWords blocked(Phase.Blocked phase) {
        return outOfSync(Health.DEGRADED);
    }

    private static StatusWords outOfSync(Health health) {
        return new StatusWords(Sync.OUT_OF_SYNC, health);
    }
}
