// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.variables.Declaration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Puts the readings of single jobs together into the reading of the commit. */
final class Assembly {
    private final Tree tree;
    private final String environment;
    private final Shared shared;
    private final SortedMap<String, JobReading> readings;
    private final SortedMap<JobKey, EffectiveJob> jobs = new TreeMap<>();
    private final SortedMap<JobKey, String> invalid = new TreeMap<>();
    private final SortedSet<String> unreadable = new TreeSet<>();

    Assembly(Tree tree, String environment, Shared shared, SortedMap<String, JobReading> readings) {
        this.tree = tree;
        this.environment = environment;
        this.shared = shared;
        this.readings = readings;
    }

    CommitReading reading() {
        Findings odd = new Findings();
        new TreeRules(tree, environment, odd).check();
        SortedMap<String, List<SpecError>> together =
                new CommitRules(readings.values()).check(shared.teams());
        readings.values()
                .forEach(reading -> place(
                        reading,
                        together.getOrDefault(reading.file(), List.of()).isEmpty()));
        unusedVariables(odd);
        List<SpecError> findings = new ArrayList<>(shared.findings());
        readings.values().forEach(reading -> findings.addAll(reading.findings()));
        together.values().forEach(findings::addAll);
        findings.addAll(odd.toList());
        findings.sort(Findings.ORDER);
        return new CommitReading(
                tree.commit(),
                shared.repositoryId(),
                shared.environment(),
                jobs,
                invalid,
                unreadable,
                findings,
                Memory.of(shared, readings));
    }

    private void place(JobReading reading, boolean fits) {
        if (reading.key().isEmpty()) {
            unreadable.add(reading.file());
            return;
        }
        JobKey key = reading.key().get();
        boolean valid = fits && !reading.hasErrors();
        if (!valid) {
            invalid.putIfAbsent(key, reading.file());
        } else if (reading.rendered().isPresent()) {
            JobReading.Rendered rendered = reading.rendered().get();
            jobs.put(
                    key,
                    new EffectiveJob(
                            rendered.spec(), tree.commit(), rendered.digest(), reading.file()));
        }
    }

    private void unusedVariables(Findings odd) {
        if (shared.environment().isEmpty()) {
            return;
        }
        Set<String> all = new HashSet<>(shared.asked());
        Map<String, Set<String>> byTeam = new HashMap<>();
        for (JobReading reading : readings.values()) {
            all.addAll(reading.asked());
            reading.key()
                    .ifPresent(key -> byTeam.computeIfAbsent(key.team(), unused -> new HashSet<>())
                            .addAll(reading.asked()));
        }
        unused(shared.variables(), all, odd);
        shared.teams()
                .forEach((team, file) ->
                        unused(file.variables(), byTeam.getOrDefault(team, Set.of()), odd));
    }

    private static void unused(
            SortedMap<String, Declaration> declared, Set<String> used, Findings odd) {
        declared.forEach((name, declaration) -> {
            if (!used.contains(name)) {
                odd.warning(
                        "unused-variable",
                        declaration.at(),
                        "",
                        "nobody uses variable '" + name + "'",
                        "remove it, or use it");
            }
        });
    }
}
