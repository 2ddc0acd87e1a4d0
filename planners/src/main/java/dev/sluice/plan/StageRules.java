// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.EffectiveJob;
import java.time.Instant;
import java.util.Optional;

/** Artifacts are at the cluster before anything is stopped or started for them. */
final class StageRules {
    private final Situation situation;

    StageRules(Situation situation) {
        this.situation = situation;
    }

    /** The step that must come before the target may be started, if any. */
    Optional<Decision> before(EffectiveJob target) {
        JobRecord record = situation.record();
        if (record.notes().staged().filter(target.digest()::equals).isPresent()) {
            return Optional.empty();
        }
        Optional<Instant> since = situation
                .staging()
                .filter(phase -> phase.target().digest().equals(target.digest()))
                .map(Phase.Staging::since);
        JobRecord staging =
                record.in(new Phase.Staging(target, record.phase(), since.orElse(situation.now())));
        Optional<Instant> pause = situation.pause();
        if (since.isPresent() && pause.isPresent()) {
            return Optional.of(Decision.hold(
                    staging,
                    Reason.WaitingForRetry,
                    "artifacts could not be brought; tried again at " + pause.get(),
                    pause.get()));
        }
        return Optional.of(Decision.act(staging, new Step.Stage(target), Reason.Staging));
    }
}
