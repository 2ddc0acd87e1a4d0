// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.variables.Declaration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The variables that jobs share.
 *
 * @param environment by name; they win over the teams'
 * @param teams team to its variables by name
 */
public record DeclaredVariables(
        SortedMap<String, Declaration> environment,
        SortedMap<String, SortedMap<String, Declaration>> teams) {
    public DeclaredVariables {
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        teams = Collections.unmodifiableSortedMap(new TreeMap<>(teams));
    }

    static DeclaredVariables of(Optional<Shared> shared) {
        SortedMap<String, SortedMap<String, Declaration>> teams = new TreeMap<>();
        shared.ifPresent(
                found -> found.teams().forEach((team, file) -> teams.put(team, file.variables())));
        return new DeclaredVariables(shared.map(Shared::variables).orElseGet(TreeMap::new), teams);
    }
}
