// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import java.util.Comparator;

/**
 * The identity of a job: what it is called, never where its file lies.
 *
 * @param repository id of the job repository, from {@code sluice.yaml}
 * @param environment at most 20 characters
 * @param team at most 20 characters
 * @param name at most 40 characters
 */
public record JobKey(String repository, String environment, String team, String name)
        implements Comparable<JobKey> {
    private static final Comparator<JobKey> ORDER = Comparator.comparing(JobKey::repository)
            .thenComparing(JobKey::environment)
            .thenComparing(JobKey::team)
            .thenComparing(JobKey::name);

    public JobKey {
        Names.require(repository, "repository id", 40);
        Names.require(environment, "environment", 20);
        Names.require(team, "team", 20);
        Names.require(name, "job name", 40);
    }

    /** {@code team/name}: how people write it inside one environment. */
    public String display() {
        return team + "/" + name;
    }

    /** {@code repository:environment:team/name}: unique over everything Sluice controls. */
    public String qualified() {
        return repository + ":" + environment + ":" + display();
    }

    @Override
    public int compareTo(JobKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return qualified();
    }
}
