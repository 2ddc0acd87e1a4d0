// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.Team;
import dev.sluice.spec.variables.Declaration;
import dev.sluice.spec.yaml.Node;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** A valid team file: the team, and the layers it adds to its jobs. */
record TeamFile(Team team, Node.Mapping defaults, SortedMap<String, Declaration> variables) {
    TeamFile {
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    }
}
