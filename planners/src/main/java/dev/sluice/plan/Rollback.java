// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.plan.change.ChangeClass;
import dev.sluice.plan.change.ChangeClasses;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.UpgradePolicy;
import dev.sluice.spec.UpgradePolicy.OnBadUpgrade;
import dev.sluice.spec.UpgradePolicy.RollbackState;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** When the last stable spec takes the place of one that does not become stable. */
final class Rollback {
    private Rollback() {}

    /**
     * Accepts the last stable spec as a way back: the policy says so, the Flink version changed and
     * the new one may have refused the state, or there is no room for anything but the old one.
     */
    static Predicate<EffectiveJob> isWished(Situation situation) {
        return good -> situation
                .record()
                .deployed()
                .filter(bad -> isWished(situation, good, bad))
                .isPresent();
    }

    /**
     * An older Flink cannot read what a newer one wrote, nor one state backend the checkpoints of
     * another, so new checkpoints close the way back, unless it leads to the state of before them.
     */
    private static boolean isWished(Situation situation, EffectiveJob good, EffectiveJob bad) {
        if (situation.record().notes().checkpointed()
                && StateLimits.between(bad, good).exist()
                && beforeUpgrade(situation).isEmpty()) {
            return false;
        }
        ChangeClass change = ChangeClasses.withoutRestore(good.spec(), bad.spec());
        boolean isWished = situation.policy().onBadUpgrade() == OnBadUpgrade.ROLLBACK
                || isBegun(situation)
                || Room.isWanting(situation, good, bad);
        return change == ChangeClass.VERSION || change.needsStop() && isWished;
    }

    /** A way back that was once decided on is gone to its end, whatever is seen on the way. */
    private static boolean isBegun(Situation situation) {
        return situation.isDeployedRefused()
                && situation
                        .refusal()
                        .filter(refusal -> refusal.reason() == Reason.RolledBack)
                        .isPresent();
    }

    /**
     * The state that the last stable spec goes on from instead of the newest one, on a way back that was
     * decided on: the policy gives up what the bad spec did, however long that was, so {@code
     * maxStateAge} is not asked. It is named at the start only and never stored as where to go on from:
     * another commit, or a suspension, goes by the newest. Where an attempt came back to life, that state
     * is not what the spec of before ended on.
     */
    static Optional<RestoreFrom> state(Situation situation) {
        boolean isOutrun = situation.record().notes().news().isPresent();
        return situation.isDeployedRefused() && !isOutrun && isPossible(situation)
                ? beforeUpgrade(situation).map(RestoreFrom.State::new)
                : Optional.empty();
    }

    private static Optional<StatePointer> beforeUpgrade(Situation situation) {
        UpgradePolicy policy = situation.policy();
        boolean isDeclared = policy.onBadUpgrade() == OnBadUpgrade.ROLLBACK
                && policy.rollbackState() == RollbackState.BEFORE_UPGRADE;
        return situation.record().notes().beforeUpgrade().filter(state -> isDeclared);
    }

    /** A spec other than the deployed one became stable before, and the policy wants it back. */
    static boolean isPossible(Situation situation) {
        JobRecord record = situation.record();
        return record.lastStable()
                .filter(good -> record.deployed()
                        .filter(bad -> !bad.digest().equals(good.digest()))
                        .isPresent())
                .filter(isWished(situation))
                .isPresent();
    }

    /** As above, and that spec is of another Flink version, whose state is as it was left. */
    static boolean isToOtherVersion(Situation situation) {
        JobRecord record = situation.record();
        return isPossible(situation)
                && record.lastStable()
                        .map(good -> good.spec().flink().version())
                        .filter(version -> record.deployed()
                                .filter(bad -> !bad.spec().flink().version().equals(version))
                                .isPresent())
                        .isPresent();
    }

    /** The record with the bad spec refused and its failures forgiven to the good one. */
    static JobRecord refused(Situation situation, String cause) {
        JobRecord record = situation.record();
        String plan = record.deployed().orElseThrow().digest().brief();
        Refusal refusal = new Refusal(
                plan,
                Reason.RolledBack,
                "rolled back: " + cause + "; commit a change of this job to try again",
                situation.now());
        return record.failures(List.of()).with(record.notes().refusing(refusal));
    }
}
