// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.plan.change.ChangeClass;
import dev.sluice.plan.change.ChangeClasses;
import dev.sluice.plan.change.FieldChange;
import dev.sluice.spec.EffectiveJob;
import java.util.List;

/**
 * What one spec may not read of what another wrote. All fields count, not only the dearest: a job that
 * moves may change its state backend on the way.
 *
 * @param version another Flink version: a savepoint only
 * @param backend another state backend, changelog or maximum parallelism: a canonical savepoint only
 */
record StateLimits(boolean version, boolean backend) {
    static StateLimits between(EffectiveJob old, EffectiveJob next) {
        List<ChangeClass> changes = ChangeClasses.fields(old.spec(), next.spec()).stream()
                .map(FieldChange::change)
                .toList();
        return new StateLimits(
                changes.contains(ChangeClass.VERSION), changes.contains(ChangeClass.STATE_BACKEND));
    }

    /** A checkpoint of the one is no state for the other. */
    boolean exist() {
        return version || backend;
    }
}
