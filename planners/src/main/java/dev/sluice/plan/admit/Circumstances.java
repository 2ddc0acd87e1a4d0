// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.admit;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Allowance;
import dev.sluice.spec.JobKey;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all jobs of an environment have in common at one moment.
 *
 * @param windows by cluster; a cluster without an entry has no windows and is always open
 * @param allowances valid for the whole environment
 * @param approved jobs whose present change a person approved
 */
public record Circumstances(
        AdmissionPolicy policy,
        SortedMap<String, List<Window>> windows,
        List<Allowance> allowances,
        List<JobKey> approved,
        Instant now) {
    public Circumstances {
        requireNonNull(policy, "policy is null");
        requireNonNull(windows, "windows is null");
        TreeMap<String, List<Window>> copy = new TreeMap<>();
        windows.forEach((cluster, list) -> copy.put(cluster, List.copyOf(list)));
        windows = Collections.unmodifiableSortedMap(copy);
        allowances = List.copyOf(allowances);
        approved = List.copyOf(approved);
        requireNonNull(now, "now is null");
    }

    /** The default guard rails and nothing else. */
    public static Circumstances ordinary(Instant now) {
        return new Circumstances(
                AdmissionPolicy.DEFAULT, new TreeMap<>(), List.of(), List.of(), now);
    }
}
