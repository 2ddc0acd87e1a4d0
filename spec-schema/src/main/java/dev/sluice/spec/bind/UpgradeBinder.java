// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.bind;

import dev.sluice.spec.UpgradePolicy;
import java.util.Optional;

/** Reads how a job wants to be changed. */
final class UpgradeBinder {
    private enum StateRule {
        REQUIRED,
        DISCARDABLE
    }

    private UpgradeBinder() {}

    static UpgradePolicy upgrade(Fields upgrade) {
        UpgradePolicy builtIn = UpgradePolicy.DEFAULT;
        return new UpgradePolicy(
                discardable(upgrade),
                upgrade.duration("savepointTimeout").orElse(builtIn.savepointTimeout()),
                upgrade.choice("savepointFormat", UpgradePolicy.SavepointFormat.class)
                        .orElse(builtIn.savepointFormat()),
                upgrade.choice("onSavepointFailure", UpgradePolicy.OnSavepointFailure.class)
                        .orElse(builtIn.onSavepointFailure()),
                upgrade.duration("maxStateAge").orElse(builtIn.maxStateAge()),
                upgrade.bool("allowNonRestoredState").orElse(builtIn.allowNonRestoredState()),
                upgrade.duration("soak"),
                upgrade.choice("onBadUpgrade", UpgradePolicy.OnBadUpgrade.class)
                        .orElse(builtIn.onBadUpgrade()),
                upgrade.choice("rollbackState", UpgradePolicy.RollbackState.class)
                        .orElse(builtIn.rollbackState()),
                upgrade.bool("supersede").orElse(builtIn.supersede()));
    }

    private static Optional<String> discardable(Fields upgrade) {
        StateRule rule = upgrade.choice("state", StateRule.class).orElse(StateRule.REQUIRED);
        Optional<String> reason = upgrade.text("reason").filter(text -> !text.isBlank());
        if (rule == StateRule.DISCARDABLE && reason.isEmpty()) {
            upgrade.error(
                    "missing-field",
                    "state",
                    "expected a reason beside 'state: discardable', found none",
                    "add 'reason: ...' so that reviewers can judge it");
        }
        if (rule == StateRule.REQUIRED && upgrade.has("reason")) {
            upgrade.error(
                    "unused-reason",
                    "reason",
                    "found a reason although the state is required",
                    "remove 'reason', or write 'state: discardable'");
        }
        return rule == StateRule.DISCARDABLE ? reason : Optional.empty();
    }
}
