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
import java.util.Optional;
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
    private final Optional<CommitReading> previous;
    private final Changes changes;
    private SortedMap<JobKey, EffectiveJob> jobs = new TreeMap<>();
    private SortedMap<JobKey, String> invalid = new TreeMap<>();
    private final SortedSet<String> unreadable = new TreeSet<>();

    Assembly(
            Tree tree,
            String environment,
            Shared shared,
            SortedMap<String, JobReading> readings,
            Optional<CommitReading> previous,
            Changes changes) {
        this.tree = tree;
        this.environment = environment;
        this.shared = shared;
        this.readings = readings;
        this.previous = previous;
        this.changes = changes;
    }

    CommitReading reading() {
        Optional<Memory> before = previous.map(CommitReading::memory)
                .filter(memory -> memory.shared().filter(same -> same == shared).isPresent());
        List<JobReading> anew = before.map(this::anew).orElse(List.of());
        boolean hasSameRelations = before.isPresent()
                && before.get().readings().size() == readings.size()
                && anew.stream().allMatch(reading -> relatesAs(reading, before.get()));
        Memory.Whole whole = whole(hasSameRelations);
        if (hasSameRelations) {
            placeAgain(anew, whole.together());
        } else {
            readings.values().forEach(reading -> place(reading, whole.together()));
        }
        List<SpecError> findings = new ArrayList<>(shared.findings());
        readings.values().forEach(reading -> findings.addAll(reading.findings()));
        whole.together().values().forEach(findings::addAll);
        findings.addAll(whole.names());
        findings.addAll(whole.unused());
        findings.sort(Findings.ORDER);
        return new CommitReading(
                tree.commit(),
                shared.repositoryId(),
                shared.environment(),
                jobs,
                invalid,
                unreadable,
                findings,
                Memory.of(shared, tree, readings, whole));
    }

    /** Jobs whose reading is not the one remembered. */
    private List<JobReading> anew(Memory before) {
        List<JobReading> anew = new ArrayList<>();
        readings.forEach((file, reading) -> {
            if (before.readings().get(file) != reading) {
                anew.add(reading);
            }
        });
        return anew;
    }

    private static boolean relatesAs(JobReading reading, Memory before) {
        return before.reading(reading.file())
                .filter(old -> old.relations().equals(reading.relations()))
                .isPresent();
    }

    /** Rules over all files at once; what they look at is often the same as before. */
    private Memory.Whole whole(boolean hasSameRelations) {
        Optional<Memory.Whole> before = previous.map(CommitReading::memory).flatMap(Memory::whole);
        Optional<Memory.Whole> related = before.filter(unused -> hasSameRelations);
        return new Memory.Whole(
                before.filter(unused -> changes.hasSamePaths())
                        .map(Memory.Whole::names)
                        .orElseGet(() -> {
                            Findings odd = new Findings();
                            new TreeRules(tree, environment, odd).check();
                            return odd.toList();
                        }),
                related.map(Memory.Whole::together)
                        .orElseGet(() -> new CommitRules(readings.values()).check(shared.teams())),
                related.map(Memory.Whole::unused).orElseGet(this::unusedVariables));
    }

    /** Everything as before, but for jobs that were read anew and stand where they stood. */
    private void placeAgain(List<JobReading> anew, SortedMap<String, List<SpecError>> together) {
        CommitReading before = previous.orElseThrow();
        TreeMap<JobKey, EffectiveJob> same = new TreeMap<>(before.jobs());
        same.replaceAll((key, job) ->
                new EffectiveJob(job.spec(), tree.commit(), job.digest(), job.file()));
        jobs = same;
        invalid = new TreeMap<>(before.invalid());
        unreadable.addAll(before.unreadable());
        for (JobReading reading : anew) {
            reading.key().filter(key -> !together.containsKey(reading.file())).ifPresent(key -> {
                jobs.remove(key);
                invalid.remove(key);
            });
            if (!together.containsKey(reading.file())) {
                place(reading, together);
            }
        }
    }

    private void place(JobReading reading, SortedMap<String, List<SpecError>> together) {
        if (reading.key().isEmpty()) {
            unreadable.add(reading.file());
            return;
        }
        JobKey key = reading.key().get();
        boolean valid = !together.containsKey(reading.file()) && !reading.hasErrors();
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

    private List<SpecError> unusedVariables() {
        Findings odd = new Findings();
        if (shared.environment().isEmpty()) {
            return List.of();
        }
        boolean isIncomplete = readings.values().stream()
                .anyMatch(reading -> reading.rendered().isEmpty() && !reading.absent());
        if (isIncomplete) {
            return List
                    .of(); // what a broken job uses is not known, and removing that breaks it more
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
        return odd.toList();
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
