// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.plan.Decision;
import dev.sluice.plan.Step;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Outcome;
import java.time.Instant;
import java.util.Optional;

/** A step of one job on its way from the decision to the stored outcome. */
final class Flight {
    /** How far it is. */
    enum Stage {
        DECIDED,
        INTENDED,
        CHECKED,
        ANSWERED,
        RECORDED
    }

    final JobKey key;
    final Decision decision;
    final long token;
    Stage stage = Stage.DECIDED;
    int intent;
    Optional<Outcome> outcome = Optional.empty();
    Instant backAt = Instant.MIN;

    Flight(JobKey key, Decision decision, long token) {
        this.key = key;
        this.decision = decision;
        this.token = token;
    }

    Step step() {
        return decision.step().orElseThrow();
    }

    /** The call was made and has not come back. */
    boolean hangs(Instant now) {
        return stage == Stage.ANSWERED && now.isBefore(backAt);
    }
}
