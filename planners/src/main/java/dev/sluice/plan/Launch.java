// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.Lineage;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Instant;

/** The start itself: the next attempt with its id, its spec and its state, all fixed now. */
final class Launch {
    private final Situation situation;

    Launch(Situation situation) {
        this.situation = situation;
    }

    /** Starts from the state, or from the one that a person names and that was not honoured yet. */
    Decision start(EffectiveJob target, RestoreFrom state) {
        boolean isTold = situation.restore().isPresent() && situation.refusal().isEmpty();
        return isTold
                ? restored(target, situation.restore().get())
                : started(situation.record(), target, state);
    }

    /** Starts the spec that ran before, from the state, as if git had not spoken. */
    Decision again(EffectiveJob target, RestoreFrom state) {
        return started(situation.record(), target, state);
    }

    private Decision restored(EffectiveJob target, Lineage.Restore word) {
        RestoreFrom from = word.from()
                .<RestoreFrom>map(path -> named(path, target))
                .orElseGet(() -> new RestoreFrom.Empty(
                        "restore.empty: " + word.reason().orElse("no reason given")));
        JobRecord record = situation.record();
        return started(record.with(record.notes().restored(word.nonce())), target, from);
    }

    private Decision started(JobRecord record, EffectiveJob target, RestoreFrom state) {
        JobRecord fired = situation
                .around()
                .due()
                .filter(fire -> target.spec().schedule().isPresent())
                .map(fire -> record.with(record.notes().fired(fire)))
                .orElse(record);
        JobRecord next = fired.starting(target, state, situation.now());
        return Decision.act(next, step(next, state), Reason.Starting);
    }

    /** The start of the newest attempt, however often it is asked for. */
    static Step.Start step(JobRecord record, RestoreFrom from) {
        return new Step.Start(
                record.deployed().orElseThrow(),
                record.attempt(),
                JobId.of(record.key(), record.attempt()),
                from,
                record.earlier(),
                record.notes().known());
    }

    /** A path that a person names: who wrote it and when is not known, so it counts as oldest. */
    static RestoreFrom.State named(String path, EffectiveJob target) {
        return new RestoreFrom.State(new StatePointer(
                StatePointer.Kind.SAVEPOINT,
                path,
                StatePointer.NOBODY,
                0,
                -1,
                Instant.EPOCH,
                target.spec().flink().version()));
    }
}
