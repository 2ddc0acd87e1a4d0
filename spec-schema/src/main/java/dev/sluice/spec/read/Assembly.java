// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.layer.Origin;
import dev.sluice.spec.variables.Declaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final SortedMap<String, SortedSet<JobKey>> variables = new TreeMap<>();
    private final SortedMap<String, SortedSet<JobKey>> files = new TreeMap<>();

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
                new Usage(variables, files),
                Memory.of(shared, readings));
    }

    private void place(JobReading reading, boolean fits) {
        if (reading.key().isEmpty()) {
            unreadable.add(reading.file());
            return;
        }
        JobKey key = reading.key().get();
        index(reading, key);
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

    private void index(JobReading reading, JobKey key) {
        reading.asked().forEach(name -> put(variables, name, key));
        reading.seen().forEach((path, identity) -> {
            if (!identity.equals(TreeFiles.ABSENT)) {
                put(files, path, key);
            }
        });
        reading.rendered()
                .ifPresent(rendered -> rendered.origins().values().stream()
                        .map(Origin::at)
                        .map(SourceLocation::file)
                        .distinct()
                        .forEach(file -> put(files, file, key)));
    }

    private static void put(SortedMap<String, SortedSet<JobKey>> index, String name, JobKey key) {
        index.computeIfAbsent(name, unused -> new TreeSet<>()).add(key);
    }

    private void unusedVariables(Findings odd) {
        if (shared.environment().isEmpty()) {
            return;
        }
        unused(shared.variables(), Optional.empty(), odd);
        shared.teams().forEach((team, file) -> unused(file.variables(), Optional.of(team), odd));
    }

    private void unused(
            SortedMap<String, Declaration> declared, Optional<String> team, Findings odd) {
        declared.forEach((name, declaration) -> {
            boolean used = shared.asked().contains(name)
                    || variables.getOrDefault(name, new TreeSet<>()).stream()
                            .anyMatch(key -> team.isEmpty() || key.team().equals(team.get()));
            if (!used) {
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
