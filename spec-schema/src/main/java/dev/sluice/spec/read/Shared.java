// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.Environment;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.variables.Declaration;
import dev.sluice.spec.yaml.Node;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the jobs of a commit have in common: everything outside of {@code jobs/}.
 *
 * @param defaults repository defaults; empty maps where a layer says nothing
 * @param flinkDefaults Flink version to its defaults
 * @param environmentLinks links of the environment, as a layer
 * @param asked variables that the environment's own file asked for
 * @param teams valid team files by team
 * @param brokenTeams teams whose file has errors, to the file
 * @param environmentNames folders below {@code environments/}
 * @param seen shared paths and what stood there
 */
record Shared(
        Optional<String> repositoryId,
        Optional<Environment> environment,
        Node.Mapping defaults,
        SortedMap<String, Node.Mapping> flinkDefaults,
        Node.Mapping environmentLinks,
        Node.Mapping environmentDefaults,
        SortedMap<String, Declaration> variables,
        SortedSet<String> asked,
        SortedMap<String, TeamFile> teams,
        SortedMap<String, String> brokenTeams,
        SortedSet<String> environmentNames,
        List<SpecError> findings,
        SortedMap<String, Optional<Tree.Entry>> seen) {
    Shared {
        flinkDefaults = Collections.unmodifiableSortedMap(new TreeMap<>(flinkDefaults));
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
        asked = Collections.unmodifiableSortedSet(new TreeSet<>(asked));
        teams = Collections.unmodifiableSortedMap(new TreeMap<>(teams));
        brokenTeams = Collections.unmodifiableSortedMap(new TreeMap<>(brokenTeams));
        environmentNames = Collections.unmodifiableSortedSet(new TreeSet<>(environmentNames));
        findings = List.copyOf(findings);
        seen = Collections.unmodifiableSortedMap(new TreeMap<>(seen));
    }

    /** Once any team file exists, a team without one may do nothing. */
    boolean hasTeamFiles() {
        return !teams.isEmpty() || !brokenTeams.isEmpty();
    }

    /** Whether a job of a team is rendered from the same things, variables of the environment apart. */
    boolean rendersLike(Shared other, String team) {
        return repositoryId.equals(other.repositoryId)
                && environment
                        .map(Environment::clusters)
                        .equals(other.environment.map(Environment::clusters))
                && defaults.equals(other.defaults)
                && flinkDefaults.equals(other.flinkDefaults)
                && environmentLinks.equals(other.environmentLinks)
                && environmentDefaults.equals(other.environmentDefaults)
                && environmentNames.equals(other.environmentNames)
                && hasTeamFiles() == other.hasTeamFiles()
                && Optional.ofNullable(teams.get(team))
                        .equals(Optional.ofNullable(other.teams.get(team)))
                && (teams.containsKey(team) || teams.keySet().equals(other.teams.keySet()))
                && brokenTeams.containsKey(team) == other.brokenTeams.containsKey(team);
    }
}
