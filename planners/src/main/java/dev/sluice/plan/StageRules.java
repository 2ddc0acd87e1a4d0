// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.Lineage;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Instant;
import java.util.Optional;

/**
 * Artifacts are at the cluster, and the new graph is known to take the state, before anything is stopped
 * or started for them.
 */
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
        return Optional.of(Decision.act(staging, step(target), Reason.Staging));
    }

    private Step.Stage step(EffectiveJob target) {
        JobRecord record = situation.record();
        boolean hasRun = record.lastStable().filter(target::isSameAs).isPresent()
                || record.deployed().filter(target::isSameAs).isPresent();
        return new Step.Stage(target, state(target), isTold() ? 0 : record.attempt(), hasRun);
    }

    /** What the target would most likely be started from; a later state has the same operators. */
    private Optional<StatePointer> state(EffectiveJob target) {
        JobRecord record = situation.record();
        if (isTold()) {
            return situation
                    .restore()
                    .flatMap(Lineage.Restore::from)
                    .map(path -> Launch.named(path, target).pointer());
        }
        return StateChoice.own(record, record.newestState())
                .or(() -> record.startedFrom()
                        .filter(RestoreFrom.State.class::isInstance)
                        .map(RestoreFrom.State.class::cast)
                        .map(RestoreFrom.State::pointer));
    }

    /** A person has said what to start from. */
    private boolean isTold() {
        return situation.restore().isPresent() && situation.refusal().isEmpty();
    }
}
