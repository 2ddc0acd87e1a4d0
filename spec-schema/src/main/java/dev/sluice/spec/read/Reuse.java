// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.JobKey;
import dev.sluice.spec.variables.Declaration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides which readings of an earlier commit still hold: nothing the job looked at has changed, neither
 * a file nor a layer nor a variable.
 */
final class Reuse {
    private final Tree tree;
    private final Shared shared;
    private final Memory memory;
    private final Map<String, Boolean> sameLayers = new TreeMap<>();

    Reuse(Tree tree, Shared shared, Memory memory) {
        this.tree = tree;
        this.shared = shared;
        this.memory = memory;
    }

    Optional<JobReading> reading(String file) {
        return memory.shared()
                .flatMap(before -> memory.reading(file).filter(reading -> holds(reading, before)));
    }

    private boolean holds(JobReading reading, Shared before) {
        String team = reading.key().map(JobKey::team).orElse("");
        return sameLayers.computeIfAbsent(team, name -> shared.rendersLike(before, name))
                && sameFiles(reading)
                && sameVariables(reading, before);
    }

    private boolean sameFiles(JobReading reading) {
        return reading.seen().entrySet().stream()
                .allMatch(seen -> seen.getValue()
                        .equals(Optional.ofNullable(tree.entries().get(seen.getKey()))));
    }

    /** Findings quote places and suggest names, so a job with any is read again after every change. */
    private boolean sameVariables(JobReading reading, Shared before) {
        if (shared.variables().equals(before.variables())) {
            return true;
        }
        return reading.findings().isEmpty()
                && reading.depends().stream().allMatch(name -> same(name, before));
    }

    private boolean same(String name, Shared before) {
        Declaration now = shared.variables().get(name);
        Declaration then = before.variables().get(name);
        if (now == null || then == null) {
            return now == then;
        }
        return now.type().equals(then.type()) && now.value().equals(then.value());
    }
}
