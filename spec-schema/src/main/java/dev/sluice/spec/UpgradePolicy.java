// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * How a job wants to be changed.
 *
 * @param discardableReason present when {@code state: discardable}; state is required otherwise
 * @param savepointTimeout how long a stop may take before the job is held (it is never cancelled for it)
 * @param maxStateAge greatest age of a checkpoint, at the moment the job was last seen running, that
 *     may be restored without a person's word
 * @param soak how long a started job must run well before it counts as stable; where the spec does not
 *     say it, two intervals of its checkpoints, and three minutes at least
 * @param supersede an attempt that is still starting gives way to another change at once; else it is
 *     waited for, because it may be restoring much
 */
public record UpgradePolicy(
        Optional<String> discardableReason,
        Duration savepointTimeout,
        SavepointFormat savepointFormat,
        OnSavepointFailure onSavepointFailure,
        Duration maxStateAge,
        boolean allowNonRestoredState,
        Optional<Duration> soak,
        OnBadUpgrade onBadUpgrade,
        RollbackState rollbackState,
        boolean supersede) {
    /** Flink's savepoint formats. */
    public enum SavepointFormat {
        NATIVE,
        CANONICAL
    }

    /** What follows when a savepoint cannot be taken: wait for a person, or use the last checkpoint. */
    public enum OnSavepointFailure {
        HOLD,
        LAST_CHECKPOINT
    }

    /** What follows when the new version does not become stable. */
    public enum OnBadUpgrade {
        HOLD,
        ROLLBACK
    }

    /**
     * What the last stable version goes on from when it comes back: the newest state, which emits
     * nothing again but must fit, or the state of before the upgrade, which fits but emits again what
     * the new version has emitted since.
     */
    public enum RollbackState {
        NEWEST,
        BEFORE_UPGRADE
    }

    /** The frozen defaults of {@code sluice/v1}. */
    public static final UpgradePolicy DEFAULT = new UpgradePolicy(
            Optional.empty(),
            Duration.ofMinutes(10),
            SavepointFormat.NATIVE,
            OnSavepointFailure.HOLD,
            Duration.ofMinutes(15),
            false,
            Optional.empty(),
            OnBadUpgrade.HOLD,
            RollbackState.NEWEST,
            false);

    public UpgradePolicy {
        requireNonNull(discardableReason, "discardableReason is null");
        requireNonNull(savepointTimeout, "savepointTimeout is null");
        requireNonNull(savepointFormat, "savepointFormat is null");
        requireNonNull(onSavepointFailure, "onSavepointFailure is null");
        requireNonNull(maxStateAge, "maxStateAge is null");
        requireNonNull(soak, "soak is null");
        requireNonNull(onBadUpgrade, "onBadUpgrade is null");
        requireNonNull(rollbackState, "rollbackState is null");
    }

    public boolean isStateRequired() {
        return discardableReason.isEmpty();
    }
}
