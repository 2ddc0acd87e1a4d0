// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The effective specification of one job in one environment: all layers merged, all variables
 * substituted, secrets still references. Every component needs an entry in the planner's change table.
 *
 * @param configuration Flink configuration keys, without the reserved ones
 * @param dependsOn {@code team/name} of jobs that must be stable before this one starts
 * @param links name to URL template
 */
public record JobSpec(
        JobKey key,
        Ownership ownership,
        State state,
        FlinkTarget flink,
        Program program,
        List<Artifact> dependencies,
        Resources resources,
        SortedMap<String, String> configuration,
        UpgradePolicy upgrade,
        FailurePolicy onFailure,
        Optional<Schedule> schedule,
        List<String> dependsOn,
        HealthRules health,
        SortedMap<String, String> links,
        RuntimeOptions runtime,
        Lineage lineage) {
    /** What a job shall be; absent is the missing file. */
    public enum State {
        RUNNING,
        SUSPENDED
    }

    public JobSpec {
        requireNonNull(key, "key is null");
        requireNonNull(ownership, "ownership is null");
        requireNonNull(state, "state is null");
        requireNonNull(flink, "flink is null");
        requireNonNull(program, "program is null");
        dependencies = List.copyOf(dependencies);
        requireNonNull(resources, "resources is null");
        configuration = Collections.unmodifiableSortedMap(new TreeMap<>(configuration));
        requireNonNull(upgrade, "upgrade is null");
        requireNonNull(onFailure, "onFailure is null");
        requireNonNull(schedule, "schedule is null");
        dependsOn = List.copyOf(dependsOn);
        requireNonNull(health, "health is null");
        links = Collections.unmodifiableSortedMap(new TreeMap<>(links));
        requireNonNull(runtime, "runtime is null");
        requireNonNull(lineage, "lineage is null");
    }

    /** The key that this job had before it was renamed, by {@code formerly: team/name}. */
    public Optional<JobKey> formerKey() {
        return lineage.formerly()
                .map(name -> name.split("/", 2))
                .map(parts -> new JobKey(key.repository(), key.environment(), parts[0], parts[1]));
    }
}
