// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.bind;

import dev.sluice.spec.FailurePolicy;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.UpgradePolicy;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The built-in defaults of {@code sluice/v1}: the weakest layer. Frozen, because a job that does not
 * say a field means the default of the day it was written.
 */
public final class BuiltIn {
    private BuiltIn() {}

    /** JSON pointer into the effective {@code job.yaml} to the value of a job that says nothing. */
    public static SortedMap<String, Object> of(JobKey key) {
        SortedMap<String, Object> values = new TreeMap<>();
        values.put("/owner", key.team());
        values.put("/purpose", "");
        values.put("/criticality", "normal");
        values.put("/state", "running");
        values.put("/resources/parallelism", 1);
        values.put("/ignoreUnmanaged", false);
        for (String list : List.of("/dependencies", "/dependsOn", "/jar/args", "/python/args")) {
            values.put(list, List.of());
        }
        upgrade(values);
        FailurePolicy onFailure = FailurePolicy.DEFAULT;
        values.put("/onFailure/restarts", onFailure.restarts());
        values.put("/onFailure/window", Durations.write(onFailure.window()));
        values.put("/onFailure/backoff", Durations.write(onFailure.backoff()));
        return Collections.unmodifiableSortedMap(values);
    }

    private static void upgrade(SortedMap<String, Object> values) {
        UpgradePolicy policy = UpgradePolicy.DEFAULT;
        values.put("/upgrade/state", "required");
        values.put("/upgrade/savepointTimeout", Durations.write(policy.savepointTimeout()));
        values.put("/upgrade/savepointFormat", Words.of(policy.savepointFormat()));
        values.put("/upgrade/onSavepointFailure", Words.of(policy.onSavepointFailure()));
        values.put("/upgrade/maxStateAge", Durations.write(policy.maxStateAge()));
        values.put("/upgrade/allowNonRestoredState", policy.allowNonRestoredState());
        values.put("/upgrade/onBadUpgrade", Words.of(policy.onBadUpgrade()));
        values.put("/upgrade/rollbackState", Words.of(policy.rollbackState()));
        values.put("/upgrade/supersede", policy.supersede());
    }
}
