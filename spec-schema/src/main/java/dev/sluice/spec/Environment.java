// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One environment of the repository: {@code environments/<name>/}.
 *
 * @param teams teams of the repository by name; empty when it has no team files
 * @param links name to URL template, shown beside every job
 * @param policy guard rails
 * @param maintenance when running jobs may be stopped; empty for any time
 */
public record Environment(
        String name,
        SortedMap<String, Cluster> clusters,
        List<Allowance> allowances,
        SortedMap<String, String> links,
        List<AlertRoute> alerts,
        SortedMap<String, Team> teams,
        Policy policy,
        List<MaintenanceWindow> maintenance) {
    /** An environment with the guard rails that are built in. */
    public Environment(
            String name,
            SortedMap<String, Cluster> clusters,
            List<Allowance> allowances,
            SortedMap<String, String> links,
            List<AlertRoute> alerts,
            SortedMap<String, Team> teams) {
        this(name, clusters, allowances, links, alerts, teams, Policy.BUILT_IN, List.of());
    }

    public Environment {
        Names.require(name, "environment", 20);
        requireNonNull(clusters, "clusters is null");
        clusters = Collections.unmodifiableSortedMap(new TreeMap<>(clusters));
        allowances = List.copyOf(allowances);
        links = Collections.unmodifiableSortedMap(new TreeMap<>(links));
        alerts = List.copyOf(alerts);
        teams = Collections.unmodifiableSortedMap(new TreeMap<>(teams));
        requireNonNull(policy, "policy is null");
        maintenance = List.copyOf(maintenance);
    }
}
